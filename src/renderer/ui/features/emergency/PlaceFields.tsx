import { Button, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaceAddress } from '../../../../shared/domain/emergency/location.ts';
import type { EmergencyPlace } from '../../../../shared/ipc/emergency.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { order } from '../../state/orders.ts';
import styles from './Emergency.module.css';
import { placeFieldId } from './place-field.ts';

type Typed = Omit<PlaceAddress, 'country'>;

const parts = ['street', 'unit', 'city', 'region', 'postalCode'] as const;
const empty: Typed = { street: '', unit: '', city: '', region: '', postalCode: '' };
const shape = {
  street: { column: 'wide', maxLength: 120, isRequired: true },
  unit: { column: 'narrow', maxLength: 60, isRequired: false },
  city: { column: 'narrow', maxLength: 80, isRequired: true },
  region: { column: 'narrow', maxLength: 40, isRequired: true },
  postalCode: { column: 'narrow', maxLength: 20, isRequired: true },
} as const;

/** Where the agent is, in a section of the settings; shown where the law asks for it. */
export const PlaceFields = ({ className }: { readonly className: string | undefined }) => {
  const { t } = useTranslation();
  const place = useDesk((desk) => desk.emergencyPlace) ?? null;
  if (place === null) return null;
  return (
    <section className={className} aria-labelledby="settings-emergency">
      <h2 id="settings-emergency">{t('emergency.title')}</h2>
      <p className={styles['state']}>{t('emergency.placeHelp')}</p>
      <PlaceForm key={JSON.stringify(place.confirmed ?? place.latest)} place={place} />
    </section>
  );
};

const PlaceForm = ({ place }: { readonly place: EmergencyPlace }) => {
  const { t } = useTranslation();
  const country = useDesk(({ session }) =>
    session.state === 'signed_in' ? session.country : 'US',
  );
  const known = place.confirmed ?? place.latest;
  const [typed, setTyped] = useState<Typed>(() =>
    known === null ? empty : { ...empty, ...known },
  );
  const isSame =
    place.confirmed !== null && parts.every((part) => typed[part].trim() === known?.[part]);
  const isWhole = parts.every((part) => !shape[part].isRequired || typed[part].trim() !== '');

  const confirm = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!isWhole) return;
    const address = {
      street: typed.street.trim(),
      unit: typed.unit.trim(),
      city: typed.city.trim(),
      region: typed.region.trim(),
      postalCode: typed.postalCode.trim(),
      country,
    };
    await order('emergency.confirm', address);
  };

  return (
    <form className={styles['fields']} onSubmit={(event) => void confirm(event)}>
      {parts.map((part) => (
        <TextInput
          key={part}
          className={styles[shape[part].column]}
          {...(part === 'street' ? { id: placeFieldId } : {})}
          label={t(`emergency.field.${part}`)}
          maxLength={shape[part].maxLength}
          required={shape[part].isRequired}
          withAsterisk={false}
          value={typed[part]}
          onChange={(event) => {
            setTyped({ ...typed, [part]: event.currentTarget.value });
          }}
        />
      ))}
      <div className={styles['end']}>
        <Button type="submit" variant="light" color="not-ready" disabled={!isWhole || isSame}>
          {t('emergency.confirm')}
        </Button>
        <p className={styles['state']} role="status">
          {t(isSame ? 'emergency.confirmed' : 'emergency.unconfirmed')}
        </p>
      </div>
    </form>
  );
};
