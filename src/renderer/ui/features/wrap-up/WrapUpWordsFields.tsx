import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeChooser } from './CodeChooser.tsx';
import { isCodeFlaw, keyOf, wordsOfFlaw } from './flaw-words.ts';
import type { WrapUpForm } from './use-wrap-up-words.ts';
import { WrapUpFields } from './WrapUpFields.tsx';

/** Codes on one side; what the queue asks for, and what the form adds to it, on the other. */
export const WrapUpWordsFields = ({
  form: { id, terms, words, flaws, change },
  className,
  children,
}: {
  readonly form: WrapUpForm;
  /** Of the other side. */
  readonly className: string | undefined;
  readonly children: ReactNode;
}) => {
  const { t } = useTranslation();
  const codeFlaw = flaws.find(isCodeFlaw);
  return (
    <>
      <CodeChooser
        fieldId={`${id}-code`}
        terms={terms}
        chosen={words.codes}
        missing={codeFlaw === undefined ? '' : wordsOfFlaw(codeFlaw, t)}
        onChoose={(codes) => {
          change({ codes });
        }}
      />
      <div className={className}>
        <WrapUpFields
          fields={terms.fields}
          values={words.fields}
          missing={Object.fromEntries(
            flaws
              .filter((flaw) => !isCodeFlaw(flaw))
              .map((flaw) => [keyOf(flaw), wordsOfFlaw(flaw, t)]),
          )}
          idOf={(key) => `${id}-${key}`}
          onChange={(key, value) => {
            change({ fields: { ...words.fields, [key]: value } });
          }}
        />
        {children}
      </div>
    </>
  );
};
