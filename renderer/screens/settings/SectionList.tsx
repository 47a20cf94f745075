import { MenuItem } from '../../components/MenuItem.tsx';
import { settingsSections, type SettingsSection } from '../../store/navigation.ts';
import { useText } from '../../text.ts';
import styles from './Sections.module.css';

interface SectionListProps {
  /** Null while all of them are searched. */
  readonly current: SettingsSection | null;
  readonly onChoose: (section: SettingsSection) => void;
}

export function SectionList({ current, onChoose }: SectionListProps) {
  const { t } = useText();
  return (
    <nav aria-label={t('settings.sectionsLabel')}>
      <ul className={styles.list}>
        {settingsSections.map((section) => (
          <li key={section}>
            <MenuItem aria-current={section === current} onClick={() => onChoose(section)}>
              {t(`settings.sections.${section}`)}
            </MenuItem>
          </li>
        ))}
      </ul>
    </nav>
  );
}
