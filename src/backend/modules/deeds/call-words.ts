/** The words in which calls are written elsewhere: nobody's screen translates what stands in another system. */
export type CallLanguage = 'en' | 'es' | 'pt';

type Words = {
  readonly title: Readonly<Record<'inbound' | 'outbound', string>>;
  readonly number: string;
  readonly hidden: string;
  readonly queue: string;
  readonly agent: string;
  readonly agents: string;
  readonly began: string;
  readonly talk: string;
  readonly wrapUp: string;
  readonly noWrapUp: string;
  readonly notes: string;
  readonly recording: string;
  readonly inRingside: string;
  readonly contact: string;
  readonly customer: string;
  readonly steps: string;
  readonly summary: string;
  readonly none: string;
  readonly wrapUpLater: string;
};

export const callWords: Readonly<Record<CallLanguage, Words>> = {
  en: {
    title: { inbound: 'Incoming call', outbound: 'Outgoing call' },
    number: 'Number',
    hidden: 'hidden',
    queue: 'Queue',
    agent: 'Agent',
    agents: 'Agents',
    began: 'Began',
    talk: 'Talk time',
    wrapUp: 'Wrap-up',
    noWrapUp: 'none',
    wrapUpLater: 'not completed yet',
    notes: 'Notes',
    recording: 'Recording',
    inRingside: 'in Ringside, for whoever may listen there',
    contact: 'Contact in Ringside',
    customer: 'Customer',
    steps: 'Steps taken',
    summary: 'Summary',
    none: '-',
  },
  es: {
    title: { inbound: 'Llamada entrante', outbound: 'Llamada saliente' },
    number: 'Número',
    hidden: 'oculto',
    queue: 'Cola',
    agent: 'Agente',
    agents: 'Agentes',
    began: 'Inicio',
    talk: 'Tiempo de conversación',
    wrapUp: 'Cierre',
    noWrapUp: 'ninguno',
    wrapUpLater: 'aún sin completar',
    notes: 'Notas',
    recording: 'Grabación',
    inRingside: 'en Ringside, para quien pueda escucharla allí',
    contact: 'Contacto en Ringside',
    customer: 'Cliente',
    steps: 'Pasos realizados',
    summary: 'Resumen',
    none: '-',
  },
  pt: {
    title: { inbound: 'Chamada recebida', outbound: 'Chamada feita' },
    number: 'Número',
    hidden: 'oculto',
    queue: 'Fila',
    agent: 'Agente',
    agents: 'Agentes',
    began: 'Início',
    talk: 'Tempo de conversa',
    wrapUp: 'Encerramento',
    noWrapUp: 'nenhum',
    wrapUpLater: 'ainda não concluído',
    notes: 'Notas',
    recording: 'Gravação',
    inRingside: 'no Ringside, para quem puder ouvir lá',
    contact: 'Contato no Ringside',
    customer: 'Cliente',
    steps: 'Passos realizados',
    summary: 'Resumo',
    none: '-',
  },
};
