import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import styles from './MenuItem.module.css';

/** The look of what is chosen from a list, for Base UI's items. */
export const menuItemClass = cx(styles.item);

/** A place to go to, in a list of them; `aria-current` tells where one is. */
export function MenuItem(props: ComponentProps<'button'>) {
  return <button type="button" {...props} className={cx(styles.item, styles.place)} />;
}
