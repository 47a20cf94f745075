import { describe, expect, it } from 'vitest';
import {
  catalogueOf,
  chooseLanguage,
  directionOf,
  nameOf,
} from '../../../electron/contract/text/language.ts';

const spoken = ['en', 'pt-BR', 'zh-Hant', 'de'];

describe('the language', () => {
  it.each([
    ['system', ['de-AT', 'en-US'], 'de-AT'],
    ['system', ['fr-FR', 'en-GB'], 'en-GB'],
    ['system', ['fr-FR'], 'en'],
    ['system', [], 'en'],
    ['de', ['en-US', 'de-CH'], 'de-CH'],
    ['de', ['en-US'], 'de'],
  ])('is, where the settings say %s and the system %j, %s', (wanted, system, chosen) => {
    expect(chooseLanguage(wanted, system, spoken)).toBe(chosen);
  });

  it.each([
    ['en-GB', 'en'],
    ['zh-TW', 'zh-Hant'],
    ['zh-CN', undefined],
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['de-u-nu-latn', 'de'],
    ['C', undefined],
    ['en_US.UTF-8', undefined],
  ])('%s is read from the catalogue %s', (tag, catalogue) => {
    expect(catalogueOf(tag, spoken)).toBe(catalogue);
  });

  it.each([
    ['ar', 'rtl'],
    ['ar-EG', 'rtl'],
    ['de', 'ltr'],
    ['zh-Hans', 'ltr'],
    ['und', 'ltr'],
  ])('%s is written %s', (tag, direction) => {
    expect(directionOf(tag)).toBe(direction);
  });

  it.each([
    ['en', 'English'],
    ['de', 'Deutsch'],
    ['pt-BR', 'Português (Brasil)'],
    ['ar', 'العربية'],
    ['zh-Hans', '简体中文'],
    ['tr', 'Türkçe'],
  ])('%s calls itself %s', (tag, name) => {
    expect(nameOf(tag)).toBe(name);
  });
});
