import type { SeedCode } from './seed-centre.ts';

/** What customers of the demo wrote and called about, in the languages that the agents write in. */
export type SeedTexts = {
  readonly subjects: readonly string[];
  readonly notes: Readonly<Record<SeedCode, readonly string[]>>;
  readonly about: readonly string[];
};

const en: SeedTexts = {
  subjects: [
    'Router restarts every evening',
    'Invoice shows last year’s address',
    'Second handset never arrived',
    'Cannot sign in after password change',
    'Wants to move the contract to a new flat',
    'Refund for the returned headset',
    'Call quality drops on the office line',
    'Question about roaming in July',
  ],
  about: [
    'Prefers calls after 4 pm.',
    'Speaks quickly; confirm the order number twice.',
    'Longstanding customer, always polite, knows the product well.',
    'Ask for the shop’s back office if nobody answers at the front.',
    '',
    '',
  ],
  notes: {
    resolved: [
      'Walked through the reset together, line is stable since. Customer checked twice and was happy.',
      'Address corrected on the account and on the open invoice. Copy sent by e-mail.',
      'Activated the second handset while on the line; test call worked.',
    ],
    follow_up: [
      'Needs a technician on site, offered Thursday or Friday morning. Waiting for the answer by e-mail.',
      'Asked for written terms before deciding. Sent the summary, look at it again on Monday.',
    ],
    callback: [
      'Was driving. Call back tomorrow between 10 and 11.',
      'Asked to be called when the part is in stock.',
    ],
    escalated: [
      'Packet loss between 19:00 and 22:00 for three days; traces attached, handed to tier 2.',
      'Account merge failed twice with the same message. Tier 2 has the screenshots.',
    ],
    technical_fault: ['Outage in the area confirmed, expected back by 18:00. Customer informed.'],
    how_to: [
      'Explained how to forward calls and how to turn it off again.',
      'Showed where the usage of this month can be seen.',
    ],
    billing: ['Charged twice for March; credit note issued, shown on the next invoice.'],
    complaint: [
      'Third visit of the technician missed. Apologised, goodwill of one month granted, service lead informed.',
    ],
    order_placed: ['Two more lines ordered, delivery on Wednesday, terms as offered.'],
    quote_sent: [
      'Offer for eight seats sent, valid for 30 days. Decides with the partner next week.',
    ],
    not_interested: ['Has a contract elsewhere until autumn. May be called again in September.'],
    wrong_number: ['Wanted the dentist next door.'],
    no_contact: ['Rang out, no answering machine.'],
  },
};

const es: SeedTexts = {
  subjects: [
    'El router se reinicia cada noche',
    'La factura lleva la dirección antigua',
    'No llegó el segundo terminal',
    'No puede entrar tras cambiar la contraseña',
    'Traslado de línea al piso nuevo',
    'Devolución pendiente de los auriculares',
    'Se corta la voz en la línea de la tienda',
  ],
  about: [
    'Prefiere que le llamen por la tarde.',
    'Cliente desde hace años, muy amable.',
    'Preguntar por la encargada si no contesta.',
    '',
    '',
  ],
  notes: {
    resolved: [
      'Reinicio guiado, la línea queda estable. La clienta lo comprueba y queda conforme.',
      'Dirección corregida en la cuenta y en la factura pendiente. Copia enviada por correo.',
    ],
    follow_up: [
      'Hace falta un técnico; propuesto jueves o viernes por la mañana. Espero respuesta.',
    ],
    callback: ['Estaba conduciendo. Llamar mañana entre las 10 y las 11.'],
    escalated: [
      'Pérdida de paquetes de 19 a 22 h desde hace tres días; trazas adjuntas, pasa a nivel 2.',
    ],
    technical_fault: ['Avería confirmada en la zona, prevista solución a las 18:00. Informado.'],
    how_to: ['Explicado cómo desviar llamadas y cómo quitar el desvío.'],
    billing: ['Cobro duplicado en marzo; abono emitido, aparecerá en la próxima factura.'],
    complaint: [
      'Tercera visita del técnico fallida. Disculpas, un mes de cortesía, avisada la responsable.',
    ],
    order_placed: ['Pedidas dos líneas más, entrega el miércoles, condiciones según oferta.'],
    quote_sent: ['Presupuesto para ocho puestos enviado, válido 30 días.'],
    not_interested: ['Tiene contrato con otra compañía hasta otoño.'],
    wrong_number: ['Buscaba la clínica de al lado.'],
    no_contact: ['No contesta, sin buzón de voz.'],
  },
};

const pt: SeedTexts = {
  subjects: [
    'Router reinicia todas as noites',
    'Fatura com a morada antiga',
    'Segundo telefone não chegou',
    'Não consegue entrar depois de mudar a senha',
    'Mudança da linha para a casa nova',
    'Reembolso do auricular devolvido',
    'Voz cortada na linha do escritório',
  ],
  about: [
    'Prefere ser contactado depois das 16h.',
    'Cliente antiga, sempre simpática.',
    'Confirmar o número da encomenda duas vezes.',
    '',
    '',
  ],
  notes: {
    resolved: [
      'Reinício feito em conjunto, linha estável. Cliente confirmou e ficou satisfeita.',
      'Morada corrigida na conta e na fatura em aberto. Cópia enviada por e-mail.',
    ],
    follow_up: [
      'Precisa de técnico no local; proposto quinta ou sexta de manhã. Aguardo resposta.',
    ],
    callback: ['Estava a conduzir. Ligar amanhã entre as 10 e as 11.'],
    escalated: [
      'Perda de pacotes das 19 às 22 há três dias; registos anexos, segue para o nível 2.',
    ],
    technical_fault: [
      'Avaria confirmada na zona, solução prevista para as 18h. Cliente informado.',
    ],
    how_to: ['Explicado como desviar chamadas e como desligar o desvio.'],
    billing: ['Cobrança em duplicado em março; nota de crédito emitida.'],
    complaint: ['Terceira visita do técnico falhada. Pedido de desculpa, um mês oferecido.'],
    order_placed: ['Mais duas linhas encomendadas, entrega na quarta-feira.'],
    quote_sent: ['Orçamento para oito postos enviado, válido por 30 dias.'],
    not_interested: ['Tem contrato noutra empresa até ao outono.'],
    wrong_number: ['Procurava o dentista ao lado.'],
    no_contact: ['Não atende, sem caixa de mensagens.'],
  },
};

/** Agents write in one of three languages; for all other customers in English. */
export const textsIn = (language: string): SeedTexts =>
  language === 'es' ? es : language === 'pt' ? pt : en;

export const seedTags = ['vip', 'business', 'new', 'prepaid', 'fibre', 'at-risk', 'newsletter'];
