import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import styles from './Button.module.css';

export interface ButtonProps extends ComponentProps<'button'> {
  readonly variant?: 'primary' | 'plain' | 'danger' | 'ghost';
  readonly size?: 'm' | 'l';
}

export function buttonClass(
  variant: ButtonProps['variant'] = 'plain',
  size: ButtonProps['size'] = 'm',
): string {
  return cx(styles.button, styles[variant], size === 'l' && styles.large);
}

export function Button({ variant, size, className, ...rest }: ButtonProps) {
  return <button type="button" className={cx(buttonClass(variant, size), className)} {...rest} />;
}

/** A square button that shows an icon only; its name is for screen readers and the tooltip. */
export function IconButton({
  label,
  className,
  ...rest
}: Omit<ButtonProps, 'variant' | 'size'> & { readonly label: string }) {
  return (
    <button
      type="button"
      className={cx(styles.button, styles.ghost, styles.icon, className)}
      aria-label={label}
      title={label}
      {...rest}
    />
  );
}
