import { realpathSync } from 'node:fs';
import { rolldown } from 'rolldown';
import { libraryFile } from '../build-native.mjs';
import { node24, path } from '../support/paths.mjs';
import {
  billOfMaterials,
  engineComponent,
  licencesText,
  nodeComponent,
  npmComponents,
  packagesOf,
} from './components.mjs';
import { makeDeb } from './deb.mjs';
import { koffiBinary, libraryHashes } from './engineFiles.mjs';
import { Staging } from './staging.mjs';

const nodePackage = `node_modules/node/node_modules/node-${process.platform}-${process.arch}`;

/** The terminal miner on a Node of its own: one bundle, the engine, koffi, a manual page and a service that is off. */
export async function makeCliPackage({ arch, facts, quick, target }) {
  const words = {
    ...facts.words,
    // The engine maps its code twice on x86-64 and never makes written memory executable; on ARM it does.
    JITLESS: arch === 'x64' ? '--jitless ' : '',
    MDWE: arch === 'x64' ? 'MemoryDenyWriteExecute=yes\n' : '',
  };
  const staging = new Staging('ibctminer-cli', path('scripts/packaging/files/cli'), words);
  const folder = 'usr/lib/ibctminer-cli';
  const node = realpathSync(node24);
  const bundled = await stageMiner(staging, folder, words.VERSION);
  staging.copy(node, `${folder}/node`);
  const { target: system } = libraryFile;
  const components = [
    ...npmComponents(bundled, system),
    engineComponent(system),
    nodeComponent(node),
  ];
  staging.write(`${folder}/LICENSES.txt`, licencesText(components));
  const { VERSION: version } = words;
  const bill = billOfMaterials({ name: 'ibctminer-cli', version, components });
  staging.write(`${folder}/sbom.cdx.json`, bill);
  staging.copy(path(nodePackage, 'LICENSE'), `${folder}/LICENSE.node`);
  staging.copy(path('LICENSE'), `${folder}/LICENSE`);
  staging.fill('ibctminer', 'usr/bin/ibctminer', 0o755);
  staging.fill('ibctminer.service', 'usr/lib/systemd/system/ibctminer.service');
  staging.page('ibctminer.1');
  await makeDeb({ staging, facts, quick, target });
}

/**
 * As the engine's package expects it: dist/ with the code and the hashes, prebuilt/ with the library, koffi above. Answers of
 * which npm packages the code is made.
 */
async function stageMiner(staging, folder, version) {
  const { target, path: library } = libraryFile;
  const bundle = await rolldown({
    input: path('electron/terminal/main.ts'),
    platform: 'node',
    external: ['koffi'],
    // The engine's package as sources: its place is the bundle's then.
    resolve: { alias: { 'randomx-native-prebuilt': path('native/js/index.ts') } },
    logLevel: 'warn',
  });
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false });
  if (output.length !== 1) throw new Error('The terminal miner is more than one file.');
  staging.write(`${folder}/app/dist/miner.js`, output[0].code);
  staging.write(`${folder}/app/dist/library-hashes.json`, JSON.stringify(libraryHashes(target)));
  staging.copy(library, `${folder}/app/prebuilt/${target}/librandomx_native.so`);
  const manifest = { name: 'ibctminer', version, type: 'module', bin: 'ibctminer' };
  staging.write(`${folder}/package.json`, `${JSON.stringify(manifest)}\n`);

  for (const file of [
    'package.json',
    'index.cjs',
    'src/koffi/index.cjs',
    'src/koffi/src/static.cjs',
  ]) {
    staging.copy(path('node_modules/koffi', file), `${folder}/node_modules/koffi/${file}`);
  }
  const binary = `node_modules/@koromix/koffi-${target}`;
  for (const file of [`${binary}/package.json`, `${binary}/index.js`, koffiBinary(target)]) {
    staging.copy(path(file), `${folder}/${file}`);
  }
  return packagesOf(output[0].moduleIds);
}
