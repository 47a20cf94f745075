import { randomBytes } from 'node:crypto';
import { LEAST_TOKEN_LENGTH } from '../../core/api/server.ts';
import type { Settings } from '../../contract/settings.ts';

/** The API is never open to whoever guesses: it gets a token as soon as it is switched on. */
export function withApiToken(settings: Settings): Settings {
  const { api } = settings;
  if (!api.enabled || api.token.length >= LEAST_TOKEN_LENGTH) return settings;
  return { ...settings, api: { ...api, token: randomBytes(16).toString('hex') } };
}
