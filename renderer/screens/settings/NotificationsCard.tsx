import { Card } from '../../components/Card.tsx';
import { SwitchRow } from '../../components/SwitchRow.tsx';
import { useApp, useReady } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';

const names = ['rulePauses', 'poolDown', 'noShares', 'rejects', 'failures'] as const;

export function NotificationsCard() {
  const { t } = useText();
  const { notifications } = useReady().settings;
  const update = useApp((state) => state.update);
  return (
    <Card title={t('settings.notifications')}>
      {names.map((name) => (
        <SwitchRow
          key={name}
          label={t(`settings.${name}`)}
          checked={notifications[name]}
          onChange={(on) => void update({ notifications: { ...notifications, [name]: on } })}
        />
      ))}
    </Card>
  );
}
