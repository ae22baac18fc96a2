import './app/mantine.css';
import './app/tokens.css';
import './app/fonts.css';
import './app/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { loadDesk } from './app/load-desk.ts';
import { followAnsweredCalls } from './app/reactions.ts';
import { connect } from './bridge/connect.ts';
import { show } from './state/view-store.ts';

const element = document.getElementById('root');
if (element === null) throw new Error('the page has no root');

followAnsweredCalls();
createRoot(element).render(<App />);
void connect((place) => {
  show({ kind: place });
}).then(() => {
  requestIdleCallback(() => void loadDesk());
});
