import { contactLink, contactOpenPath } from '../../../shared/domain/contact/contact-link.ts';
import { apiPrefix } from '../../../shared/api/routes.ts';

/** Where a browser is led to a contact; null: browsers do not reach this backend by a safe address. */
export type ContactAddress = (contactId: string) => string | null;

export const contactAddressAt =
  (publicUrl: string): ContactAddress =>
  (contactId) =>
    publicUrl.startsWith('https://')
      ? `${publicUrl}${apiPrefix}${contactOpenPath(contactId)}`
      : null;

const words = {
  en: {
    open: 'Open the contact in Ringside',
    right: 'It opens for whoever may see it there, with its recording for whoever may listen.',
    missing: 'Nothing opens? Ringside has to be installed on this computer.',
  },
  es: {
    open: 'Abrir el contacto en Ringside',
    right: 'Se abre para quien puede verlo allí, con su grabación para quien puede escucharla.',
    missing: '¿No se abre nada? Ringside tiene que estar instalado en esta computadora.',
  },
  pt: {
    open: 'Abrir o contato no Ringside',
    right: 'Ele abre para quem pode vê-lo lá, com a gravação para quem pode ouvi-la.',
    missing: 'Nada abre? O Ringside precisa estar instalado neste computador.',
  },
} as const;

/** The first language of the browser's that we speak (RFC 9110 §12.5.4); what it prefers less stands behind. */
const languageOf = (accepted: string): keyof typeof words => {
  const asked = accepted
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)/u.exec(parameter)?.[1]);
      return { primary: range.split('-')[0], weight: Number(weight.find(Boolean) ?? 1) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight);
  for (const { primary } of asked) {
    if (primary === 'en' || primary === 'es' || primary === 'pt') return primary;
  }
  return 'en';
};

/** The same for every contact, whether there is such a one or not: the page knows nothing of any. */
export const contactOpenPage = (contactId: string, accepted: string): string => {
  const language = languageOf(accepted);
  const { open, right, missing } = words[language];
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Ringside</title>
<style>
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;margin:20vh auto;max-width:30rem;padding:0 1rem;text-align:center}
h1{font-size:1rem;font-weight:400;margin:0}
a{display:inline-block;padding:.75rem 1.5rem;border-radius:.5rem;background:#1d4ed8;color:#fff;font-weight:600;text-decoration:none}
a:focus-visible{outline:3px solid currentColor;outline-offset:3px}
p{opacity:.85}
</style>
<main><h1><a href="${contactLink(contactId)}">${open}</a></h1><p>${right}</p><p>${missing}</p></main></html>`;
};
