import { activityKinds, type ActivityKind } from '../../../../shared/domain/schedule/activity.ts';

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Words by which schedules in English, Spanish and Portuguese name what is planned; the first kind that fits counts. */
const words: readonly (readonly [ActivityKind, RegExp])[] = [
  [
    'off',
    /\b(?:day off|time off|off|vacation|holidays?|pto|sick|leave|libre|vacaciones|festivo|baja|folga|ferias|feriado|ausencia)\b/u,
  ],
  ['meal', /\b(?:lunch|meal|dinner|almuerzo|comida|cena|almoco|refeicao|jantar)\b/u],
  ['break', /\b(?:break|pause|coffee|rest|descanso|pausa|cafe|intervalo)\b/u],
  [
    'training',
    /\b(?:training|course|workshop|formacion|capacitacion|curso|treinamento|formacao)\b/u,
  ],
  ['meeting', /\b(?:meeting|huddle|one-to-one|1:1|coaching|reunion|reuniao)\b/u],
  [
    'work',
    /\b(?:work|shift|phones?|calls?|turno|trabajo|jornada|llamadas|trabalho|expediente|chamadas)\b/u,
  ],
];

/** The kind that a word names; null: it names none. */
export const kindNamed = (word: string): ActivityKind | null => {
  const text = plain(word.trim());
  const exact = activityKinds.find((kind) => kind === text);
  return exact ?? words.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
};
