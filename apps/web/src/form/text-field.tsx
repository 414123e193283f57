import { type ComponentProps, type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FieldProblem, fieldProblemOf } from './field-problem.ts';
import styles from './text-field.module.css';

/** What a text field takes, besides what an `input` does. */
export interface TextFieldProps extends ComponentProps<'input'> {
  /** Its name in the form. */
  name: string;
  label: string;
  /** A sentence of help. */
  note?: string;
}

/** The BFF takes no more of anything but a captcha. */
const LONGEST = 1024;

/**
 * Ask for a line of text, which must not be empty. It keeps to the browser's own rules and says what is
 * wrong in the language of the page, which the browser's bubbles may not speak.
 */
export function TextField({ label, note, ...input }: TextFieldProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const [problem, setProblem] = useState<FieldProblem>();
  const refuse = (event: FormEvent<HTMLInputElement>) => {
    event.preventDefault();
    const { validity, form } = event.currentTarget;
    setProblem(fieldProblemOf(validity));
    if (form?.querySelector(':invalid') === event.currentTarget) event.currentTarget.focus();
  };
  const describedBy = [problem && `${id}-problem`, note && `${id}-note`].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <input
        required
        maxLength={LONGEST}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        {...input}
        id={id}
        className={styles.input}
        aria-invalid={problem !== undefined}
        aria-describedby={describedBy || undefined}
        onInvalid={refuse}
        onInput={(event) => problem && setProblem(fieldProblemOf(event.currentTarget.validity))}
      />
      {problem && (
        <p id={`${id}-problem`} className={styles.problem}>
          {t(`field.${problem}`)}
        </p>
      )}
      {note && (
        <p id={`${id}-note`} className={styles.note}>
          {note}
        </p>
      )}
    </div>
  );
}
