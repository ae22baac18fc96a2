import './app/mantine.css';
import './app/tokens.css';
import './app/fonts.css';
import './app/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { loadDesk } from './app/load-desk.ts';
import { followAnsweredCalls } from './app/reactions.ts';
import { serverNow } from './bridge/clock.ts';
import { connect } from './bridge/connect.ts';
import { tellShownOffers } from './bridge/offer-shown.ts';
import { i18n } from './i18n/i18n.ts';
import { localeOf } from './i18n/use-locale.ts';
import { warmFormats } from './i18n/warm-formats.ts';
import { show } from './state/view-store.ts';

const element = document.getElementById('root');
if (element === null) throw new Error('the page has no root');

followAnsweredCalls();
tellShownOffers();
createRoot(element).render(<App />);
void connect((place) => {
  show({ kind: place });
}).then(() => {
  requestIdleCallback(() => {
    void loadDesk().then(() => {
      requestIdleCallback(() => {
        warmFormats(localeOf(i18n.language), serverNow());
      });
    });
  });
});
