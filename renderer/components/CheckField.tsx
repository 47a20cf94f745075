import { Checkbox } from '@base-ui/react/checkbox';
import Check from 'lucide-react/icons/check';
import { useId } from 'react';
import styles from './Field.module.css';

interface CheckFieldProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function CheckField({ label, checked, onChange }: CheckFieldProps) {
  const labelId = useId();
  return (
    <label className={styles.check}>
      <Checkbox.Root
        className={styles.box}
        checked={checked}
        onCheckedChange={onChange}
        aria-labelledby={labelId}
      >
        <Checkbox.Indicator className={styles.tick}>
          <Check aria-hidden strokeWidth={3} />
        </Checkbox.Indicator>
      </Checkbox.Root>
      <span id={labelId}>{label}</span>
    </label>
  );
}
