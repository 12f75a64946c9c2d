import { addStyleSheet } from '../addStyleSheet';

// Only variables that Node-RED 4 and 5 both have. Their secondary text colour is too pale for small print on Node-RED 4's
// white, and their colours for success and warning are too pale for any text: those colour dots, bars and edges only.
const SHEET = `
.dinstar-sidebar { --dinstar-quiet: color-mix(in srgb, var(--red-ui-primary-text-color) 88%, transparent);
  --dinstar-line: var(--red-ui-secondary-border-color); --dinstar-sent: #3b82c4; --dinstar-track: color-mix(in srgb, var(--red-ui-primary-text-color) 16%, transparent);
  container-type: inline-size; height: 100%; overflow-y: auto; box-sizing: border-box; padding: 8px;
  color: var(--red-ui-primary-text-color); background: var(--red-ui-primary-background); font-size: 13px; line-height: 18px; }
.dinstar-sidebar [hidden] { display: none !important; }
.dinstar-sidebar [data-level=good] { --dinstar-level: var(--red-ui-text-color-success); }
.dinstar-sidebar [data-level=waiting] { --dinstar-level: var(--red-ui-text-color-warning); }
.dinstar-sidebar [data-level=bad] { --dinstar-level: var(--red-ui-text-color-error); }
.dinstar-sidebar [data-level=unknown] { --dinstar-level: var(--red-ui-primary-border-color); }
.dinstar-notice { padding: 4px 4px 10px; }
.dinstar-stale > .dinstar-notice + div { opacity: 0.5; }
.dinstar-card { margin-bottom: 8px; padding: 10px 12px; background: var(--red-ui-secondary-background);
  border: 1px solid var(--dinstar-line); border-radius: 4px; }
.dinstar-line { display: flex; align-items: baseline; gap: 6px; min-width: 0; }
.dinstar-dot { flex: none; width: 8px; height: 8px; border-radius: 50%; background: var(--dinstar-level); }
.dinstar-head > h3 { margin: 0; font-size: 14px; line-height: 20px; font-weight: bold; overflow-wrap: anywhere; }
.dinstar-state, .dinstar-about { padding-left: 14px; overflow-wrap: anywhere; }
.dinstar-state { flex-wrap: wrap; justify-content: space-between; gap: 0 8px; }
.dinstar-state > .dinstar-time { flex: initial; font-size: 12px; }
.dinstar-wrong { margin: 4px 0 4px 14px; list-style: none; font-size: 12px; overflow-wrap: anywhere; }
.dinstar-wrong > li > i { color: var(--red-ui-text-color-error); }
.dinstar-about { font-size: 12px; color: var(--dinstar-quiet); }
.dinstar-queue { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 16px; margin: 8px 0 6px; }
.dinstar-queue > span:first-child { margin-right: -8px; }
.dinstar-waiting > .dinstar-reasons { margin: 0 0 6px; padding: 0; list-style: none; font-size: 12px; overflow-wrap: anywhere; }
.dinstar-waiting > .dinstar-result:not(:empty) { margin: 0 0 6px; }
.dinstar-queue b, .dinstar-plot-sum { font-variant-numeric: tabular-nums; }
.dinstar-plot { display: grid; grid-template-columns: 64px 1fr minmax(28px, auto); align-items: end; gap: 8px; }
.dinstar-plot > span { font-size: 12px; line-height: 20px; color: var(--dinstar-quiet); }
.dinstar-plot > .dinstar-plot-sum { text-align: right; color: var(--red-ui-primary-text-color); }
.dinstar-plot > svg { width: 100%; height: 18px; border-bottom: 1px solid var(--dinstar-line); }
.dinstar-plot rect { fill: var(--dinstar-sent); }
.dinstar-plot-delivered rect { fill: var(--red-ui-text-color-success); }
.dinstar-plot-failed rect { fill: var(--red-ui-text-color-error); }
.dinstar-hourly-limit { margin-top: 8px; font-size: 12px; }
.dinstar-hourly-limit > .dinstar-line { justify-content: space-between; }
.dinstar-gauge { height: 4px; margin-top: 4px; border-radius: 2px;
  background: linear-gradient(var(--dinstar-level) 0 0) left / var(--dinstar-part) 100% no-repeat var(--dinstar-line); }
.dinstar-sidebar-ports { display: grid; grid-template-columns: repeat(8, minmax(0, 1fr)); gap: 4px; margin: 6px 0 10px; }
@container (max-width: 235px) { .dinstar-sidebar-ports { grid-template-columns: repeat(4, minmax(0, 1fr)); } }
@container (min-width: 520px) { .dinstar-sidebar-ports { grid-template-columns: repeat(16, minmax(0, 1fr)); } }
.dinstar-port { display: flex; flex-direction: column; align-items: center; margin: 0; padding: 3px 2px 4px; min-width: 0;
  font: inherit; font-size: 12px; line-height: 15px; color: inherit; background: var(--red-ui-form-input-background);
  border: 1px solid var(--dinstar-line); border-bottom: 3px solid var(--dinstar-level); border-radius: 3px; cursor: pointer; }
.dinstar-port:hover, .dinstar-port[aria-expanded=true] { background: var(--red-ui-primary-background); }
.dinstar-port[aria-expanded=true] { border-color: var(--red-ui-primary-text-color) var(--red-ui-primary-text-color) var(--dinstar-level); }
.dinstar-port[data-busy] > .dinstar-port-name { font-weight: bold; text-decoration: underline; }
.dinstar-port-sign { display: flex; align-items: flex-end; gap: 2px; height: 12px; font-size: 11px; line-height: 12px; }
.dinstar-bar { width: 3px; background: var(--red-ui-primary-border-color); }
.dinstar-bar:nth-child(1) { height: 3px; } .dinstar-bar:nth-child(2) { height: 6px; }
.dinstar-bar:nth-child(3) { height: 9px; } .dinstar-bar:nth-child(4) { height: 12px; }
.dinstar-bar[data-on] { background: var(--dinstar-level); }
.dinstar-sidebar button:focus-visible, .dinstar-sidebar summary:focus-visible { outline: 2px solid var(--red-ui-text-color-link); outline-offset: 1px; }
.dinstar-panel { margin-bottom: 10px; padding: 8px 10px; background: var(--red-ui-primary-background);
  border: 1px solid var(--dinstar-line); border-radius: 3px; }
.dinstar-sidebar .dinstar-panel .dinstar-close { margin-left: auto; align-self: center; }
.dinstar-badge { font-size: 12px; padding-left: 7px; border-left: 3px solid var(--dinstar-level); }
.dinstar-panel dl { display: grid; grid-template-columns: max-content 1fr; gap: 1px 12px; margin: 6px 0 8px; font-size: 12px; }
.dinstar-panel dt { font-weight: normal; color: var(--dinstar-quiet); }
.dinstar-panel dd { margin: 0; overflow-wrap: anywhere; }
.dinstar-buttons { display: flex; flex-wrap: wrap; gap: 6px; }
.dinstar-sidebar .red-ui-button { margin: 0; }
.dinstar-sidebar button.red-ui-button.red-ui-button-small.red-ui-button { color: var(--red-ui-primary-text-color) !important; }
.dinstar-sidebar .red-ui-button:disabled { opacity: 0.5; }
.dinstar-actions form { margin: 0; }
.dinstar-actions form:not(:empty) { margin-top: 10px; }
.dinstar-actions label { display: grid; grid-template-columns: 74px 1fr; align-items: center; gap: 6px; margin: 0 0 6px; font-size: 12px; }
.dinstar-actions input { width: 100% !important; min-width: 0; height: 28px !important; margin: 0 !important; box-sizing: border-box; }
.dinstar-actions p { margin: 0 0 8px; font-size: 12px; line-height: 16px; }
.dinstar-result { font-size: 12px; white-space: pre-wrap; overflow-wrap: anywhere; }
.dinstar-result:not(:empty) { margin-top: 8px; padding-left: 8px; border-left: 3px solid var(--dinstar-level, var(--red-ui-text-color-success)); }
.dinstar-list { margin-top: 10px; }
.dinstar-list > summary { display: block; padding: 2px 0; font-weight: bold; cursor: pointer; }

.dinstar-list > summary > i { width: 12px; text-align: center; line-height: 18px; transition: transform 0.15s; }
.dinstar-list[open] > summary > i { transform: rotate(90deg); }
.dinstar-list > ul { margin: 0; padding: 0; list-style: none; font-size: 12px; }
.dinstar-list li { padding: 3px 0; border-top: 1px solid var(--dinstar-line); overflow-wrap: anywhere; }
.dinstar-list li .dinstar-badge { margin-left: auto; white-space: nowrap; }
.dinstar-jobs, .dinstar-jobs + div { font-size: 12px; }
.dinstar-jobs + div { padding-top: 4px; border-top: 1px solid var(--dinstar-line); color: var(--dinstar-quiet); }
.dinstar-job { padding: 5px 0; border-top: 1px solid var(--dinstar-line); }
.dinstar-job .dinstar-line { flex-wrap: wrap; gap: 2px 6px; }
.dinstar-job-name { min-width: 0; overflow-wrap: anywhere; }
.dinstar-job .dinstar-buttons { margin-left: auto; }
.dinstar-job-bar { display: flex; height: 6px; margin: 4px 0 2px; border-radius: 3px; overflow: hidden; background: var(--dinstar-track); }
.dinstar-job-bar > span { flex: 0 1 0; min-width: 2px; }
.dinstar-share-delivered { background: var(--red-ui-text-color-success); }
.dinstar-share-sent { background: var(--dinstar-sent); }
.dinstar-share-accepted { background: var(--red-ui-text-color-warning); }
.dinstar-share-failed { background: var(--red-ui-text-color-error); }
.dinstar-share-stopped { background: color-mix(in srgb, var(--red-ui-primary-text-color) 45%, transparent); }
.dinstar-share-held { background: repeating-linear-gradient(-45deg, color-mix(in srgb, var(--red-ui-primary-text-color) 45%, transparent) 0 2px, transparent 2px 5px); }
.dinstar-job-words { font-variant-numeric: tabular-nums; }
.dinstar-job > .dinstar-result:not(:empty) { margin-top: 4px; }
.dinstar-sms-way { flex: none; width: 12px; color: var(--dinstar-quiet); }
.dinstar-sms-text { padding-left: 18px; color: var(--dinstar-quiet); display: -webkit-box; -webkit-line-clamp: 2;
  -webkit-box-orient: vertical; overflow: hidden; }
.dinstar-time { flex: none; color: var(--dinstar-quiet); font-variant-numeric: tabular-nums; }
@media (prefers-reduced-motion: reduce) { .dinstar-list > summary > i { transition: none; } }
`;

/** Brings the sidebar's style sheet into the editor, once. */
export const addSidebarStyle = (): void => addStyleSheet('dinstar-sidebar-style', SHEET);
