import type { ComponentType } from 'react';
import type { SettingsSection } from '../../store/navigation.ts';
import { ApiCard } from './ApiCard.tsx';
import { AppearanceCard } from './AppearanceCard.tsx';
import { ClosingCard } from './ClosingCard.tsx';
import { MemoryCard } from './MemoryCard.tsx';
import { NotificationsCard } from './NotificationsCard.tsx';
import { OpeningCard } from './OpeningCard.tsx';
import { PowerCard } from './PowerCard.tsx';
import { ResetCard } from './ResetCard.tsx';
import { RulesCard } from './RulesCard.tsx';
import { ScheduleCard } from './ScheduleCard.tsx';
import { TuningCard } from './TuningCard.tsx';
import { UpdatesCard } from './UpdatesCard.tsx';
import { WalletCard } from './WalletCard.tsx';

/** What each section of Settings is made of; its title is in the catalogue under the same name. */
export const cardsOf: Readonly<Record<SettingsSection, readonly ComponentType[]>> = {
  wallet: [WalletCard],
  power: [PowerCard],
  rules: [RulesCard, ScheduleCard],
  tuning: [MemoryCard, TuningCard],
  appearance: [AppearanceCard],
  notifications: [NotificationsCard],
  opening: [OpeningCard, ClosingCard],
  connections: [UpdatesCard, ApiCard],
  reset: [ResetCard],
};
