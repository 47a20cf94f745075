import Cpu from 'lucide-react/icons/cpu';
import type { SystemReport } from '../../electron/contract/ipc.ts';
import type { PowerProfile, PowerSettings } from '../../electron/contract/settings.ts';
import { useReady } from '../store/StoreContext.tsx';
import styles from './PowerChoice.module.css';
import { RadioCards } from './RadioCards.tsx';
import { useText } from '../text.ts';

interface PowerChoiceProps {
  readonly power: PowerSettings;
  readonly onChange: (power: PowerSettings) => void;
  readonly custom?: boolean;
}

const profiles = ['quiet', 'balanced', 'full', 'custom'] as const;

/** Quiet, Balanced, Full and, where offered, a number of threads of one's own. */
export function PowerChoice({ power, onChange, custom = false }: PowerChoiceProps) {
  const { t } = useText();
  const { system } = useReady();
  const powerOf = (profile: PowerProfile) => withProfile(power, profile, system);
  return (
    <div className={styles.choice}>
      <p className={styles.cpu}>
        <Cpu aria-hidden />
        {t('power.cpu', { model: system.cpuModel, available: system.logicalCpus })}
      </p>
      <RadioCards
        label={t('power.profiles')}
        value={power.profile}
        onChange={(profile) => onChange(powerOf(profile))}
        options={profiles
          .filter((profile) => custom || profile !== 'custom')
          .map((profile) => ({
            value: profile,
            label: t(`power.${profile}`),
            hint: t(`power.${profile}Hint`),
            aside: t('power.threads', {
              count: threadsOf(powerOf(profile), system),
            }),
          }))}
      />
    </div>
  );
}

/** Hashing threads that a power setting means on this computer. */
export function threadsOf(power: PowerSettings, system: SystemReport): number {
  return power.profile === 'custom' ? power.threads : system.recommendedThreads[power.profile];
}

/** Another profile; a number of threads of one's own begins with the present one. */
export function withProfile(
  power: PowerSettings,
  profile: PowerProfile,
  system: SystemReport,
): PowerSettings {
  const { mode } = power;
  return profile === 'custom'
    ? { profile, threads: threadsOf(power, system), mode }
    : { profile, mode };
}
