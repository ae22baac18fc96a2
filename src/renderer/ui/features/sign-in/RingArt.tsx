const radii = [60, 104, 156, 216, 284, 360, 444];

/** Rings that go out from one point: the only picture of the program. */
export const RingArt = () => (
  <svg viewBox="0 0 520 800" preserveAspectRatio="xMidYMid slice" width="100%" height="100%">
    <defs>
      <linearGradient id="ground" x1="0" y1="0" x2="1" y2="1">
        <stop offset="0" stopColor="#2b2364" />
        <stop offset="0.55" stopColor="#4538ab" />
        <stop offset="1" stopColor="#6a5be6" />
      </linearGradient>
    </defs>
    <rect width="520" height="800" fill="url(#ground)" />
    <g fill="none" stroke="#fff">
      {radii.map((radius, index) => (
        <circle
          key={radius}
          cx="120"
          cy="330"
          r={radius}
          strokeWidth={index === 0 ? 0 : 1.5}
          strokeOpacity={0.42 - index * 0.05}
        />
      ))}
    </g>
    <circle cx="120" cy="330" r="26" fill="#fff" />
    <circle cx="304.9" cy="218.4" r="9" fill="#ffb454" />
    <circle cx="236" cy="433.6" r="6" fill="#7be0ac" />
    <circle cx="403.6" cy="359.8" r="5" fill="#fff" fillOpacity="0.75" />
  </svg>
);
