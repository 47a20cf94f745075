import SearchX from 'lucide-react/icons/search-x';
import { useEffect, useState } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { settingsSections } from '../../store/navigation.ts';
import { useApp } from '../../store/StoreContext.tsx';
import { useText } from '../../text.ts';
import { SearchField } from './SearchField.tsx';
import { SectionList } from './SectionList.tsx';
import styles from './Sections.module.css';
import { cardsOf } from './sections.ts';
import { useSearch, wordsOf } from './useSearch.ts';

/**
 * One section at a time, or what a search finds in all of them. Every change is kept at once; only what costs money,
 * comfort or memory asks first.
 */
export function SettingsScreen() {
  const { t } = useText();
  const at = useApp((state) => state.settingsAt);
  const choose = useApp((state) => state.chooseSection);
  // Whoever goes to a section has done with searching.
  const [search, setSearch] = useState({ at, text: '' });
  const query = search.at === at ? search.text : '';
  const { content, isNothingFound } = useSearch(query);
  const isSearching = wordsOf(query).length > 0;

  useEffect(() => {
    if (!at.isAskedFor) return;
    content.current?.querySelector<HTMLElement>(`[data-section=${at.section}]`)?.focus();
  }, [at, content]);

  return (
    <div className={styles.settings}>
      <div className={styles.beside}>
        <SearchField value={query} onChange={(text) => setSearch({ at, text })} />
        <SectionList current={isSearching ? null : at.section} onChoose={choose} />
      </div>
      <div className={styles.content}>
        <div role="status">
          {isNothingFound && (
            <EmptyState icon={SearchX} title={t('settings.searchNone', { text: query.trim() })}>
              {t('settings.searchNoneHint')}
            </EmptyState>
          )}
        </div>
        <div ref={content} className={styles.sections}>
          {(isSearching ? settingsSections : [at.section]).map((section) => (
            <div
              key={section}
              role="group"
              aria-label={t(`settings.sections.${section}`)}
              data-section={section}
              tabIndex={-1}
              className={styles.section}
            >
              {isSearching && (
                <p aria-hidden className={styles.sectionName}>
                  {t(`settings.sections.${section}`)}
                </p>
              )}
              {cardsOf[section].map((Card, index) => (
                <Card key={index} />
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
