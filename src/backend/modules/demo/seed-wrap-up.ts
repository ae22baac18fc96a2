import type { Label } from '../../../shared/api/records.ts';
import type { QueueWrapUp } from '../wrap-up/wrap-up-centre.ts';

/** How the queues of the demo want their wrap-ups: what the codes stand in, and what else is asked. */

const label = (en: string, es: string, pt: string): Label => ({ en, es, pt });

/** Groups, and codes that no contact of the past has. */
export const seedGroups = [
  { code: 'technical', label: label('Technical', 'Técnica', 'Técnica'), queue: 'support' },
  { code: 'network', label: label('Network', 'Red', 'Rede'), queue: 'support' },
  {
    code: 'wifi_fault',
    label: label('Wi-Fi fault', 'Avería de la wifi', 'Avaria do Wi-Fi'),
    queue: 'support',
  },
  {
    code: 'line_fault',
    label: label('Line fault', 'Avería de la línea', 'Avaria da linha'),
    queue: 'support',
  },
  { code: 'account', label: label('Account', 'Cuenta', 'Conta'), queue: 'support' },
  {
    code: 'unspecified',
    label: label('Not specified', 'Sin especificar', 'Não especificado'),
    queue: 'sales',
  },
] as const;

export const seedParents = [
  { code: 'network', parent: 'technical' },
  { code: 'wifi_fault', parent: 'network' },
  { code: 'line_fault', parent: 'network' },
  { code: 'technical_fault', parent: 'technical' },
  { code: 'how_to', parent: 'technical' },
  { code: 'billing', parent: 'account' },
  { code: 'complaint', parent: 'account' },
] as const;

export const seedWrapUps: readonly { readonly name: string; readonly wrapUp: QueueWrapUp }[] = [
  {
    name: 'support',
    wrapUp: {
      mode: 'required',
      maximumCodes: 3,
      fields: [
        {
          key: 'device',
          label: label('Device number', 'Número de aparato', 'Número do aparelho'),
          kind: 'text',
          maxLength: 32,
        },
      ],
    },
  },
  {
    name: 'sales',
    wrapUp: {
      mode: 'agent_extendable',
      seconds: 90,
      extendSeconds: 60,
      maximumExtensions: 2,
      defaultCode: 'unspecified',
      fields: [
        {
          key: 'payment',
          label: label('Payment reference', 'Referencia del pago', 'Referência do pagamento'),
          kind: 'text',
          maxLength: 40,
          payment: true,
        },
      ],
    },
  },
];
