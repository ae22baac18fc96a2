import type { TFunction } from 'i18next';
import type { Marker } from '../../../../shared/api/listening.ts';

/** A marker as it is read. */
export const markerWords = (marker: Marker, t: TFunction): string => {
  switch (marker.kind) {
    case 'consent':
      return marker.before
        ? t('listening.marker.before', { word: t(`contact.consent.${marker.word}`) })
        : t(`contact.consent.${marker.word}`);
    case 'pause': {
      const why = t(`listening.marker.pause.${marker.why}`);
      if (marker.proven === null) return why;
      return `${why} ${t(marker.proven ? 'listening.marker.proven' : 'listening.marker.notSilent')}`;
    }
    case 'hold':
    case 'consult':
    case 'joined':
    case 'transferred':
      return t(`listening.marker.${marker.kind}`, { name: marker.name });
  }
};
