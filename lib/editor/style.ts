import { addStyleSheet } from './addStyleSheet';

// One style sheet for all forms. Only variables that Node-RED 4 and 5 both have; one colour for both themes is none.
const SHEET = `
.dinstar-form [hidden] { display: none !important; }
.dinstar-form .form-row { display: flex; align-items: center; margin-bottom: 10px; }
.dinstar-form .form-row > label { flex: 0 0 130px; width: 130px; display: flex; align-items: center; margin: 0; padding-right: 8px; box-sizing: border-box; }
.dinstar-form .form-row > label > i { flex: none; width: 16px; margin-right: 6px; text-align: center; }
.dinstar-form .form-row > input, .dinstar-form .form-row > select, .dinstar-form .form-row > textarea,
.dinstar-form .form-row > div, .dinstar-form .form-row > .red-ui-typedInput-container {
  flex: 1 1 0; width: auto !important; min-width: 0; margin: 0; box-sizing: border-box; }
.dinstar-form .form-row > input.dinstar-short { flex: 0 0 110px; }
.dinstar-form .form-row > .dinstar-unit { padding-left: 8px; color: var(--red-ui-secondary-text-color); }
.dinstar-form .form-row > .red-ui-button { flex: none; margin-left: 8px; }
.dinstar-form .dinstar-note { box-sizing: border-box; width: 0; min-width: 100%;
  margin: -5px 0 10px; padding-left: 130px; font-size: 12px; line-height: 17px; color: var(--red-ui-secondary-text-color); }
.dinstar-form .dinstar-note code { padding: 0 1px; font-size: 11px; }
.dinstar-form .dinstar-note:empty { display: none; }
.dinstar-form .dinstar-note > .dinstar-wrong { color: var(--red-ui-text-color-error); }
.dinstar-form .form-tips { box-sizing: border-box; width: 0; min-width: 100%; max-width: none; margin-bottom: 12px; }
.dinstar-form .form-tips > div + div { margin-top: 6px; }
.dinstar-form .dinstar-check > input { flex: none; margin: 0 8px 0 130px; }
.dinstar-form .dinstar-check > label { flex: 1 1 0; width: auto; }
.dinstar-form .dinstar-heading, .dinstar-form summary { margin: 18px 0 12px; padding-bottom: 3px; font-size: 14px; line-height: 20px;
  font-weight: bold; color: var(--red-ui-primary-text-color); border-bottom: 1px solid var(--red-ui-secondary-border-color); }
.dinstar-form summary { cursor: pointer; list-style: none; }
.dinstar-form summary::-webkit-details-marker { display: none; }
.dinstar-form summary > i { width: 14px; text-align: center; vertical-align: 1px; transition: transform 0.15s; }
.dinstar-form details:not([open]) > summary { margin-bottom: 0; }
.dinstar-form details[open] > summary > i { transform: rotate(90deg); }
.dinstar-form .dinstar-top { align-items: flex-start; }
.dinstar-form .dinstar-hours-row { display: flex; flex-wrap: wrap; align-items: center; gap: 4px; margin-bottom: 6px; }
.dinstar-form .dinstar-hours-row > .dinstar-week { flex-basis: 100%; }
.dinstar-form .dinstar-hours-row > input { width: 64px; margin: 0; }
.dinstar-form .dinstar-hours-row > input.dinstar-zone { flex: 1 1 110px; min-width: 0; }
.dinstar-form .dinstar-week { display: inline-flex; gap: 1px; border: 1px solid transparent; border-radius: 4px; }
.dinstar-form .dinstar-week.input-error { border-color: var(--red-ui-text-color-error); }
.dinstar-form .dinstar-week > button { margin: 0; padding: 0 5px; }
.dinstar-form .dinstar-week > button[aria-pressed=true] { font-weight: bold; color: var(--red-ui-primary-background) !important;
  background: var(--red-ui-primary-text-color) !important; }
.dinstar-form .dinstar-plan { margin-bottom: 10px; padding: 8px; border: 1px solid var(--red-ui-secondary-border-color); border-radius: 4px; }
.dinstar-form .dinstar-plan-head { display: flex; gap: 4px; margin-bottom: 8px; }
.dinstar-form .dinstar-plan-head > input { flex: 1 1 0; min-width: 0; margin: 0; font-weight: bold; }
.dinstar-form .dinstar-plan-head > button, .dinstar-form .dinstar-limit > button { flex: none; margin: 0; }
.dinstar-form .dinstar-cells { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 6px; align-items: end; flex: 1 1 0; min-width: 0; }
.dinstar-form .dinstar-cell { display: flex; flex-direction: column; width: auto; min-width: 0; margin: 0; }
.dinstar-form .dinstar-cell > span { font-size: 11px; line-height: 14px; color: var(--red-ui-secondary-text-color); }
.dinstar-form .dinstar-cell > input, .dinstar-form .dinstar-cell > select { width: 100%; min-width: 0; margin: 0; box-sizing: border-box; }
.dinstar-form .dinstar-plan-heading { margin: 10px 0 4px; font-weight: bold; }
.dinstar-form .dinstar-limit { display: flex; gap: 6px; align-items: flex-start; margin-bottom: 6px; padding: 6px 0; border-top: 1px solid var(--red-ui-secondary-border-color); }
.dinstar-form .dinstar-limit .dinstar-cells { grid-template-columns: repeat(3, minmax(0, 1fr)); }
.dinstar-form .dinstar-limit .dinstar-cell:last-child { grid-column: 1 / -1; }
.dinstar-form .dinstar-plan summary { margin: 8px 0 6px; font-size: 13px; font-weight: normal; border-bottom: none; }
.dinstar-form .dinstar-trial { margin-top: 6px; }
.dinstar-form .dinstar-trial > .dinstar-wrong { color: var(--red-ui-text-color-error); }
.dinstar-form .dinstar-plan-problem { color: var(--red-ui-text-color-error); }
.dinstar-form .dinstar-plan-problem:empty { display: none; }
.dinstar-form .dinstar-url { display: flex; align-items: center; }
.dinstar-form .dinstar-url > code { flex: 1 1 0; min-width: 0; overflow-wrap: anywhere; white-space: normal; }
.dinstar-form .dinstar-conditions { margin-bottom: 10px; }
.dinstar-form .dinstar-conditions > .form-row { margin-bottom: 4px; }
.dinstar-form .dinstar-conditions > .form-row > input[type=checkbox] { flex: none; margin: 0 8px 0 0; }
.dinstar-form .dinstar-conditions > .form-row > label { flex: 1 1 0; width: auto; }
.dinstar-form .dinstar-conditions > .form-row > input[type=text] { flex: 0 0 60px; }
.dinstar-form .dinstar-conditions > .form-row > .dinstar-idle { visibility: hidden; }
.dinstar-form .dinstar-conditions > .dinstar-columns { align-items: flex-end; font-size: 11px; line-height: 14px; color: var(--red-ui-secondary-text-color); }
.dinstar-form .dinstar-columns > .dinstar-condition { flex: 1 1 0; }
.dinstar-form .dinstar-columns > .dinstar-column { flex: 0 0 100px; }
.dinstar-form .dinstar-canary-numbers[hidden] { display: none; }
.dinstar-form .dinstar-conditions > .form-row > .dinstar-unit { flex: 0 0 40px; padding-left: 6px; box-sizing: border-box; }
.dinstar-form .dinstar-buttons { padding-left: 130px; gap: 8px; }
.dinstar-form .dinstar-buttons > .red-ui-button { margin: 0; }
.dinstar-form .dinstar-buttons > .red-ui-button:disabled { opacity: 0.5; }
.dinstar-form .dinstar-report { box-sizing: border-box; padding-left: 130px; width: 0; min-width: 100%; }
.dinstar-form .dinstar-facts { list-style: none; margin: 0 0 12px; }
.dinstar-form .dinstar-facts > li { position: relative; padding: 1px 0 1px 20px; line-height: 19px; overflow-wrap: anywhere; }
.dinstar-form .dinstar-facts > li > i { position: absolute; left: 0; width: 15px; line-height: 19px; text-align: center; }
.dinstar-form .dinstar-facts small { display: block; font-size: 12px; line-height: 16px; color: var(--red-ui-secondary-text-color); }
.dinstar-fact-good > i { color: var(--red-ui-text-color-success); }
.dinstar-fact-bad > i { color: var(--red-ui-text-color-error); }
.dinstar-fact-note > i { color: var(--red-ui-text-color-warning); }
.dinstar-fact-open > i, .dinstar-fact-busy > i { color: var(--red-ui-secondary-text-color); }
.dinstar-form .dinstar-selftest-form > p { margin: 0 0 12px; }
.dinstar-form .dinstar-buttons:not(:has(> :not([style*=none]))) { display: none; }
.dinstar-ports { display: grid; grid-template-columns: repeat(8, 1fr); gap: 3px; padding: 8px; }
.dinstar-form .dinstar-words { display: flex; flex-wrap: wrap; gap: 3px; contain: inline-size; }
.dinstar-form .dinstar-words > button { max-width: 100%; overflow: hidden; text-overflow: ellipsis; }
.dinstar-ports-live { grid-template-columns: repeat(2, 1fr); max-height: 330px; overflow-y: auto; }
.dinstar-ports > button { display: flex; align-items: center; justify-content: center; gap: 6px; margin: 0; padding: 0 4px; min-width: 0; }
.dinstar-ports-live > button { height: 28px; line-height: 26px; }
.dinstar-ports > button > b { font-weight: normal; flex: none; min-width: 1.2em; }
.dinstar-ports > button > .dinstar-whose { flex: 1 1 0; min-width: 0; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; font-size: 11px; text-align: left; }
.dinstar-ports > button > .dinstar-network { flex: none; font-size: 11px; opacity: 0.7; }
.dinstar-words > button[aria-pressed=true] { font-weight: bold; }
.dinstar-ports > button[aria-pressed=true], .dinstar-words > button[aria-pressed=true] { color: var(--red-ui-primary-background) !important;
  background: var(--red-ui-primary-text-color) !important; }
.dinstar-ports > button[aria-pressed=true] > b { font-weight: bold; }
.dinstar-ports > .dinstar-port-off > * { opacity: 0.5; }
.dinstar-signal { flex: none; display: inline-flex; align-items: flex-end; gap: 1px; height: 11px; }
.dinstar-signal > i { width: 3px; background: currentColor; opacity: 0.25; }
.dinstar-signal > i:nth-child(1) { height: 4px; } .dinstar-signal > i:nth-child(2) { height: 6px; }
.dinstar-signal > i:nth-child(3) { height: 8px; } .dinstar-signal > i:nth-child(4) { height: 11px; }
.dinstar-signal > .dinstar-lit { opacity: 1; }
.dinstar-ports-hint { padding: 0 8px 8px; max-width: 360px; font-size: 12px; color: var(--red-ui-secondary-text-color); }
`;

/** Brings the forms' style sheet into the editor, once for all node types. */
export const addStyle = (): void => addStyleSheet('dinstar-form-style', SHEET);
