import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { problem } from '../../../electron/contract/problem.ts';
import { catalogues } from '../../../electron/contract/text/catalogues.ts';
import { en } from '../../../electron/contract/text/en.ts';
import { createText } from '../../../electron/contract/text/index.ts';
import { hashrateText } from '../../../electron/contract/text/numbers.ts';
import { faultsOf, sentencesOf } from './faultsOf.ts';
import { madeUpPolish } from '../../support/madeUpPolish.ts';
import { usedKeys } from './usedKeys.ts';

it('every sentence of the catalogue is said somewhere', () => {
  const used = usedKeys(resolve(import.meta.dirname, '../../..'));
  const unused = [...sentencesOf(en).keys()].filter(
    (key) => !used.has(key.replace(/_(one|other)$/, '')),
  );
  expect(unused).toEqual([]);
});

it.each(Object.entries(catalogues))('the catalogue %s is whole', (language, catalogue) => {
  expect(faultsOf(language, catalogue)).toEqual([]);
});

const without = (section: object, key: string) =>
  Object.fromEntries(Object.entries(section).filter(([name]) => name !== key));

describe('a language more', () => {
  const pl = madeUpPolish(en);
  const text = createText('pl-PL', { en, pl });

  it('is one more file, and is spoken as it is', () => {
    expect(faultsOf('pl', pl)).toEqual([]);
    expect(text.t('nav.pools')).toBe('pl Pools');
    expect(text.sentence(problem('noPoolLeft', { why: problem('closed') }))).toMatch(
      /^pl No pool .* pl The pool closed/,
    );
  });

  it('has plurals and figures of its own', () => {
    const threads = [1, 3, 5].map((count) => text.t('power.threads', { count }));
    expect(threads).toEqual(['one 1 threads', 'few 3 threads', 'many 5 threads']);
    expect(text.finding({ key: 'memoryFree', values: { bytes: 1.5 * 2 ** 30 } })).toContain(
      '1,5 GiB',
    );
  });

  it('that lacks a sentence, a form, a value or a translation is not whole', () => {
    const control = without(pl.control, 'stop');
    const power = { ...without(pl.power, 'threads_many'), threads_few: 'few' };
    const wizard = { ...pl.wizard, progress: 'Krok {{step}}' };
    const close = { ...pl.close, quit: '', idle: en.close.idle };
    expect(faultsOf('pl', { ...pl, control, power, wizard, close, more: 'x' })).toEqual([
      'control.stop is missing',
      'power.threads_many is missing',
      'more is not known',
      'wizard.progress takes {{count}} {{step}}',
      'close.quit is empty or has spaces around it',
      'close.idle is still English',
    ]);
  });
});

describe('what stands in a sentence', () => {
  it('is written as the language writes it when it is a number, and as it is when it is text', () => {
    const inGerman = createText('de-DE').t;
    expect(inGerman('tray.shares', { accepted: 12_345, rejected: 0, stale: 0.5 })).toMatch(
      /12\.345 .* 0,5/,
    );
    expect(
      createText('en').line({ key: 'job', values: { algorithm: 'rx/0', difficulty: 1e6 } }),
    ).toBe('New job: rx/0, difficulty 1,000,000.');
    expect(inGerman('connections.anyPort', { host: '127.0.0.1' })).toContain('127.0.0.1');
  });

  it('keeps its own direction in a language that is written leftwards', () => {
    const { sentence } = createText('ar');
    const place = 'pool.example.org:443';
    expect(sentence(problem('connectionRefused', { place }))).toContain(`\u2068${place}\u2069`);
    expect(createText('de').sentence(problem('connectionRefused', { place }))).not.toMatch(
      /[\u2066-\u2069]/,
    );
    expect(hashrateText(7214.6, 'ar')).toBe('\u20687.21 kH/s\u2069');
  });
});
