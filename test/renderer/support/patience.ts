import { configure } from '@testing-library/dom';
import { afterEach } from 'vitest';
import { PATIENCE_MS } from '../../support/patience.ts';
import { leaving } from './leaving.ts';

configure({ asyncUtilTimeout: PATIENCE_MS });

afterEach(async () => {
  for (const leave of leaving) await leave();
});
