import { nativeTheme } from 'electron';
import type { Settings } from '../../contract/settings.ts';

/** The chosen theme reaches the pages as prefers-color-scheme, and with it every native menu. */
export function applyTheme({ appearance }: Settings): void {
  nativeTheme.themeSource = appearance.theme;
}
