import styles from './DialPad.module.css';

const keys = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
] as const;

/** The twelve keys of a telephone (ITU-T E.161). */
export const DialPad = ({
  onDigit,
  label,
}: {
  readonly onDigit: (digit: string) => void;
  readonly label: (digit: string) => string;
}) => (
  <div className={styles['pad']}>
    {keys.map(([digit, letters]) => (
      <button
        key={digit}
        type="button"
        className={styles['key']}
        aria-label={label(digit)}
        onClick={() => {
          onDigit(digit);
        }}
      >
        <span className={styles['digit']}>{digit}</span>
        {letters === '' ? null : <span className={styles['letters']}>{letters}</span>}
      </button>
    ))}
  </div>
);
