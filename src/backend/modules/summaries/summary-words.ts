import type { FigureName } from '../../../shared/domain/reporting/figures.ts';

/** The words of a summary: nobody's screen translates what is sent by mail. */
export type SummaryLanguage = 'en' | 'es' | 'pt';

export type SummaryFigure = Extract<
  FigureName,
  | 'offered'
  | 'answered'
  | 'abandonRate'
  | 'serviceLevel'
  | 'asaMs'
  | 'handled'
  | 'ahtMs'
  | 'occupancy'
  | 'missedCounted'
  | 'fcr'
>;

type Words = {
  readonly figures: Readonly<Record<SummaryFigure, string>>;
  readonly title: Readonly<Record<'day' | 'week', string>>;
  readonly queues: string;
  readonly agents: string;
  readonly queue: string;
  readonly agent: string;
  readonly all: string;
  readonly target: string;
  readonly nothing: string;
  readonly how: string;
  readonly noQueue: string;
};

export const summaryWords: Readonly<Record<SummaryLanguage, Words>> = {
  en: {
    figures: {
      offered: 'Offered',
      answered: 'Answered',
      abandonRate: 'Abandon rate',
      serviceLevel: 'Service level',
      asaMs: 'Speed of answer',
      handled: 'Handled',
      ahtMs: 'Average handle time',
      occupancy: 'Occupancy',
      missedCounted: 'Missed by the agent',
      fcr: 'Resolved at first',
    },
    title: { day: 'Summary of the day', week: 'Summary of the week' },
    queues: 'Queues',
    agents: 'Agents',
    queue: 'Queue',
    agent: 'Agent',
    all: 'All',
    target: 'target',
    nothing: 'Nothing happened.',
    how: 'In brackets: a week before. What each figure means is on the page Reports.',
    noQueue: 'No queue',
  },
  es: {
    figures: {
      offered: 'Ofrecidos',
      answered: 'Atendidos',
      abandonRate: 'Tasa de abandono',
      serviceLevel: 'Nivel de servicio',
      asaMs: 'Rapidez de respuesta',
      handled: 'Gestionados',
      ahtMs: 'Tiempo medio de gestión',
      occupancy: 'Ocupación',
      missedCounted: 'Perdidas por el agente',
      fcr: 'Resueltos a la primera',
    },
    title: { day: 'Resumen del día', week: 'Resumen de la semana' },
    queues: 'Colas',
    agents: 'Agentes',
    queue: 'Cola',
    agent: 'Agente',
    all: 'Todo',
    target: 'objetivo',
    nothing: 'No pasó nada.',
    how: 'Entre paréntesis: una semana antes. Qué significa cada cifra está en la página Informes.',
    noQueue: 'Sin cola',
  },
  pt: {
    figures: {
      offered: 'Oferecidos',
      answered: 'Atendidos',
      abandonRate: 'Taxa de abandono',
      serviceLevel: 'Nível de serviço',
      asaMs: 'Rapidez de resposta',
      handled: 'Tratados',
      ahtMs: 'Tempo médio de atendimento',
      occupancy: 'Ocupação',
      missedCounted: 'Perdidas pelo agente',
      fcr: 'Resolvidos na primeira',
    },
    title: { day: 'Resumo do dia', week: 'Resumo da semana' },
    queues: 'Filas',
    agents: 'Agentes',
    queue: 'Fila',
    agent: 'Agente',
    all: 'Tudo',
    target: 'meta',
    nothing: 'Nada aconteceu.',
    how: 'Entre parênteses: uma semana antes. O que cada número significa está na página Relatórios.',
    noQueue: 'Sem fila',
  },
};
