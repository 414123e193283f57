import { Check, Languages } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { useTranslation } from 'react-i18next';
import styles from './language-menu.module.css';
import { isLanguage, LANGUAGES } from './languages.ts';
import { useLanguage } from './use-language.ts';

/** Let the reader choose the language: each under its own name, whatever the page speaks now. */
export function LanguageMenu(): ReactNode {
  const { t } = useTranslation();
  const { language, setLanguage } = useLanguage();
  // The list stays inside the header: at the end of the body it would belong to no landmark.
  const [home, setHome] = useState<Element | null>(null);
  return (
    <div ref={setHome}>
      <MenuTrigger>
        <Button
          className={`${styles.trigger}`}
          aria-label={`${t('language')}: ${LANGUAGES[language]}`}
        >
          <Languages aria-hidden size={18} />
          <span>{LANGUAGES[language]}</span>
        </Button>
        {/* Non-modal: the page may scroll on, and nothing needs a style element against that. */}
        <Popover
          className={`${styles.popover}`}
          placement="bottom end"
          isNonModal
          {...(home && { UNSTABLE_portalContainer: home })}
        >
          <Menu
            className={`${styles.menu}`}
            aria-label={t('language')}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[language]}
            onAction={(key) => {
              if (isLanguage(key)) setLanguage(key);
            }}
          >
            {Object.entries(LANGUAGES).map(([id, name]) => (
              <MenuItem key={id} id={id} textValue={name} className={`${styles.item}`} lang={id}>
                <span>{name}</span>
                {id === language && <Check aria-hidden size={16} />}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  );
}
