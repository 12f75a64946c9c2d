export { seriousFindings } from './axe';
export { Canvas } from './Canvas';
export { launchChromium } from './chromium';
export { darkSettings } from './dark';
export { EditorPage } from './EditorPage';
export { brightnessBehind, RAW_KEY } from './looks';
export { LAST, type NodeType, nodeTypes, oneOfEach, TAB } from './nodeTypes';
export { type OpenEditor, openEditor, type View } from './openEditor';
export { SidebarPage } from './SidebarPage';
