/** Channel names alone, so that the sandboxed preload needs no schema library. ipc.ts gives each its shapes. */

export const callNames = [
  'app.info',
  'snapshot.get',
  'mining.start',
  'mining.stop',
  'mining.pause',
  'mining.resume',
  'settings.get',
  'settings.giveConsent',
  'settings.update',
  'settings.reset',
  'power.trial',
  'power.tryFull',
  'power.keepFull',
  'power.revertFull',
  'tuning.get',
  'tuning.begin',
  'tuning.cancel',
  'wallet.check',
  'pool.parse',
  'pool.test',
  'system.report',
  'health.run',
  'health.report',
  'logs.get',
  'inspector.get',
  'api.state',
  'clipboard.write',
  'link.open',
  'window.closeChoice',
] as const;
export type CallName = (typeof callNames)[number];

export const pushNames = [
  'snapshot',
  'settings',
  'log',
  'powerTrial',
  'tuning',
  'closeAsked',
  'navigate',
] as const;
export type PushName = (typeof pushNames)[number];
