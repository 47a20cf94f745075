import { Notification } from 'electron';

/** Shows a silent desktop notification; a click brings the window back. Does nothing where there are none. */
export function notify(body: string, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title: 'Ibctminer', body, silent: true });
  notification.on('click', onClick);
  notification.show();
}
