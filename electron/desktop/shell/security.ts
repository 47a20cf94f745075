import { app, type Session, type WebContents } from 'electron';
import { APP_SCHEME } from './assets.ts';

/**
 * Electron's security checklist for every page that this process will ever hold, whoever made it:
 * it stays where it is, opens nothing, embeds nothing, downloads nothing and is granted nothing.
 */
export function hardenEverything(): void {
  app.on('session-created', hardenSession);
  app.on('web-contents-created', (_event, contents) => hardenContents(contents));
}

function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  // The pages need no network: the connections the user is told about are all made by the main process.
  session.webRequest.onBeforeRequest((request, decide) => decide({ cancel: !isOwn(request.url) }));
}

function isOwn(address: string): boolean {
  return ['devtools:', 'data:', `${APP_SCHEME}:`].some((scheme) => address.startsWith(scheme));
}

function hardenContents(contents: WebContents): void {
  const refuse = (event: { preventDefault: () => void }) => event.preventDefault();
  contents.on('will-navigate', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', refuse);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
