import { useTranslation } from 'react-i18next';
import { headsetMapOf } from '../../../../shared/domain/headset/headset-map.ts';
import type { HidField } from '../../../../shared/domain/headset/hid.ts';
import { quirksOf } from '../../../../shared/domain/headset/quirks.ts';
import type { HeadsetDescription } from '../../../../shared/ipc/headset.ts';
import { Tag } from '../../components/Tag.tsx';
import styles from './Diagnostics.module.css';
import { hex, usageText } from './headset-words.ts';

/** A device as it describes itself: which of its fields are buttons and lights, and where they are. */
export const HeadsetCard = ({ device }: { readonly device: HeadsetDescription }) => {
  const { t } = useTranslation();
  const { productName, vendorId, productId, collections, present } = device;
  const quirks = quirksOf(vendorId);
  const map = headsetMapOf(collections, quirks);
  return (
    <article className={styles['headset']} aria-label={productName}>
      <header className={styles['name']}>
        <h3>{productName}</h3>
        <span className={styles['ids']}>{`${hex(vendorId, 4)}:${hex(productId, 4)}`}</span>
        <Tag tone={present ? 'ready' : 'not-ready'}>
          {t(present ? 'diagnostics.present' : 'diagnostics.away')}
        </Tag>
      </header>
      {quirks.maker === '' ? null : (
        <p className={styles['help']}>{t('diagnostics.maker', { maker: quirks.maker })}</p>
      )}
      {map === null ? (
        <p className={styles['help']}>{t('diagnostics.noTelephony')}</p>
      ) : (
        <details className={styles['details']}>
          <summary>{t('diagnostics.descriptor')}</summary>
          <Fields title={t('diagnostics.fromHeadset')} fields={map.layout.inputs} />
          <Fields title={t('diagnostics.toHeadset')} fields={map.layout.outputs} />
        </details>
      )}
    </article>
  );
};

const Fields = ({
  title,
  fields,
}: {
  readonly title: string;
  readonly fields: readonly HidField[];
}) => {
  const { t } = useTranslation();
  return (
    <table className={styles['fields']}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t('diagnostics.report')}</th>
          <th scope="col">{t('diagnostics.bit')}</th>
          <th scope="col">{t('diagnostics.meaning')}</th>
          <th scope="col">{t('diagnostics.way')}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ reportId, offset, usage, isAbsolute, named }) => (
          <tr key={`${reportId} ${offset} ${usage} ${named?.number ?? ''}`}>
            <td>{hex(reportId, 2)}</td>
            <td>{offset}</td>
            <td>{usageText(usage, t)}</td>
            <td>{t(isAbsolute ? 'diagnostics.absolute' : 'diagnostics.relative')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
