/** How far the zone's clocks are ahead of UTC at this instant, ms. */
const aheadMs = (at: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((each) => each.type === type)?.value);
  const asUtc = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return asUtc - Math.floor(at / 1000) * 1000;
};

const dayMs = 86_400_000;

/** When the day of this instant began in the zone, epoch ms; days of 23 and 25 hours included. */
export const midnightBefore = (at: number, timeZone: string): number => {
  const wall = at + aheadMs(at, timeZone);
  const wallMidnight = Math.floor(wall / dayMs) * dayMs;
  const guess = wallMidnight - aheadMs(at, timeZone);
  return wallMidnight - aheadMs(guess, timeZone);
};
