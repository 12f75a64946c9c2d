export { launchChromium } from './chromium';
export { EditorPage } from './EditorPage';
