import path from 'node:path';
import { textOf } from './architecture/sources';
import { root } from './repository';

/** What is shipped for Prometheus and Grafana. Node-RED offers every .json below `examples/` as a flow: the dashboard isn't one. */
export const ALERTS = path.join(root, 'examples', 'prometheus-alerts.yml');
export const DASHBOARD = 'examples/grafana-dashboard.json.txt';

interface Dashboard {
  panels: { title: string; targets: { expr: string }[] }[];
  templating: { list: { name: string; definition?: string }[] };
}

/** What is asked of Prometheus, and by whom. */
export interface Question {
  by: string;
  expr: string;
}

/** The dashboard's questions, with values in the place of Grafana's variables. */
export function dashboardQuestions(): Question[] {
  const { panels, templating } = JSON.parse(textOf(DASHBOARD)) as Dashboard;
  const variables = templating.list.flatMap(({ name, definition }) => {
    const expr = /^label_values\((.+), \w+\)$/.exec(definition ?? '')?.[1];
    return expr === undefined ? [] : [{ by: `$${name}`, expr }];
  });
  return [
    ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ by: title, expr }))),
    ...variables,
  ].map(({ by, expr }) => ({
    by,
    expr: expr.replaceAll('$__rate_interval', '1m').replaceAll('$__range', '1h').replaceAll('$gateway', '.*'),
  }));
}

/** The expressions of the alert rules. */
export function alertQuestions(): Question[] {
  const rules = textOf('examples/prometheus-alerts.yml').split(/^ {6}- alert: /m);
  return rules.slice(1).map((rule) => {
    const [, folded, line] = /^ {8}expr: (?:>-\n((?: {10}.*\n)+)|(.+))/m.exec(rule) ?? [];
    return { by: rule.split('\n')[0] ?? '', expr: (folded ?? line ?? '').trim().replace(/\n\s+/g, ' ') };
  });
}
