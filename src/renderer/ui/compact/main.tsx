import '../app/tokens.css';
import '../app/fonts.css';
import '../app/base.css';
import { createRoot } from 'react-dom/client';
import { connect } from '../bridge/connect.ts';
import { tellShownOffers } from '../bridge/offer-shown.ts';
import { CompactDesk } from './CompactDesk.tsx';

const element = document.getElementById('root');
if (element === null) throw new Error('the page has no root');

tellShownOffers();
createRoot(element).render(<CompactDesk />);
void connect(() => undefined);
