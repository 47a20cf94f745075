import styles from './Mark.module.css';

/** The app's mark: a block with a vein in it. */
export function Mark() {
  return (
    <svg className={styles.mark} viewBox="0 0 32 32" aria-hidden>
      <rect className={styles.block} x="1" y="1" width="30" height="30" rx="8" />
      <path className={styles.vein} d="M8 21.5v-11l8 8 8-8v11" />
    </svg>
  );
}
