export { BoardPage } from './BoardPage';
export { launchChromium } from './chromium';
export { EditorPage } from './EditorPage';
