import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
interface Component {
  readonly name: string;
  readonly purl: string;
  readonly licence: string;
  readonly text?: string;
}
const { packagesOf, npmComponents, electronComponent, licencesText, billOfMaterials } =
  (await import(join(root, 'scripts/packaging/components.mjs'))) as {
    packagesOf: (moduleIds: readonly string[]) => string[];
    npmComponents: (folders: readonly string[], target: string) => Component[];
    electronComponent: (version: string, target: string) => Component;
    licencesText: (components: readonly Component[]) => string;
    billOfMaterials: (facts: object) => string;
  };
const target = `${process.platform}-${process.arch}`;

it('finds the npm packages in a bundle’s list of modules', () => {
  expect(
    packagesOf([
      '/a/project/renderer/main.tsx',
      '/a/project/node_modules/zod/index.js',
      '/a/project/node_modules/zod/v4/core.js',
      '\0/a/project/node_modules/@scope/two/x.js?commonjs-module',
      '/a/project/node_modules/outer/node_modules/inner/y.js',
      'C:\\a\\project\\node_modules\\react\\index.js',
      '\0rolldown/runtime.js',
    ]),
  ).toEqual([
    'node_modules/@scope/two',
    'node_modules/outer/node_modules/inner',
    'node_modules/react',
    'node_modules/zod',
  ]);
});

it('lists them with version, licence and the hash that npm installs them by', () => {
  const components = npmComponents(['node_modules/zod', 'node_modules/@noble/hashes'], target);
  const bill = JSON.parse(billOfMaterials({ name: 'app', version: '1.0.0', components })) as {
    components: { name: string; purl: string; hashes: { content: string }[] }[];
  };
  expect(bill.components.map(({ name }) => name)).toEqual([
    `@koromix/koffi-${target}`,
    '@noble/hashes',
    'koffi',
    'zod',
  ]);
  const { version } = JSON.parse(
    readFileSync(join(root, 'node_modules/zod/package.json'), 'utf8'),
  ) as { version: string };
  expect(bill.components[3]).toMatchObject({
    purl: `pkg:npm/zod@${version}`,
    licenses: [{ expression: 'MIT' }],
  });
  const hashes = bill.components.map((component) => component.hashes[0]?.content ?? '');
  expect(hashes.filter((hash) => /^[0-9a-f]{128}$/.test(hash))).toHaveLength(4);
});

it('has the licence of each in full', () => {
  const text = licencesText(npmComponents(['node_modules/zod'], target));
  expect(text.match(/^\S+ \d+\.\d+\.\d+ \(MIT\)$/gm)).toHaveLength(3);
  expect(text.match(/WITHOUT WARRANTY OF ANY KIND/g)).toHaveLength(3);
});

it('refuses what has no licence that could be shipped', () => {
  expect(() => npmComponents(['renderer'], target)).toThrow();
});

it('knows the official Electron by the hash of its archive', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies: { electron: string };
  };
  expect(electronComponent(devDependencies.electron, 'linux-x64')).toMatchObject({
    hash: { alg: 'SHA-256', content: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
  });
});
