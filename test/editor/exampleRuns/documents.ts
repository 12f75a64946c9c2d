/** What monitoring programs send, as their documentation and sources have it; names and addresses are made up. */

/** An alert of Alertmanager 0.25 to 0.28 (`template.Alert`). */
const alert = (
  status: 'firing' | 'resolved',
  labels: Record<string, string>,
  annotations: Record<string, string> = {},
) => ({
  status,
  labels,
  annotations,
  startsAt: '2026-11-29T09:51:03.157Z',
  endsAt: status === 'firing' ? '0001-01-01T00:00:00Z' : '2026-11-29T09:58:03.157Z',
  generatorURL: 'http://prometheus.example.org:9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1',
  fingerprint: '1a30ba71cca2921f',
});

/** Alertmanager's webhook, version 4 (`notify/webhook`). */
export const alertmanager = (alerts: unknown[], more: object = {}) => ({
  receiver: 'sms',
  status: 'firing',
  alerts,
  groupLabels: { alertname: 'DiskFull' },
  commonLabels: { alertname: 'DiskFull' },
  commonAnnotations: {},
  externalURL: 'http://alertmanager.example.org:9093',
  version: '4',
  groupKey: '{}:{alertname="DiskFull"}',
  truncatedAlerts: 0,
  ...more,
});

export const disk = (instance: string, summary?: string) =>
  alert('firing', { alertname: 'DiskFull', instance, job: 'node' }, summary === undefined ? {} : { summary });
export const over = (instance: string) => alert('resolved', { alertname: 'DiskFull', instance, job: 'node' });
export const critical = alert(
  'firing',
  { alertname: 'Kühlhaus', severity: 'critical' },
  { description: 'Über −10 °C' },
);
/** A rule may lack all labels but its name; one that was sent by hand even that. */
export const bare = alert('firing', {});

/** Grafana's webhook, 9 to 12 (`receivers/webhook`). */
export const grafana = (alerts: unknown[], more: object = {}) => ({
  ...alertmanager(alerts),
  version: '1',
  orgId: 1,
  title: '[FIRING:1] High memory usage Machines (blue us-1)',
  state: 'alerting',
  message: '**Firing**\n\nValue: B=44.2, C=1\n',
  ...more,
});
const ofGrafana = { silenceURL: 'https://grafana.example.org/alerting/silence/new', dashboardURL: '', panelURL: '' };
export const memory = {
  ...alert(
    'firing',
    { alertname: 'High memory usage', grafana_folder: 'Machines', instance: 'web1' },
    { summary: '{{ 95 }} %' },
  ),
  ...ofGrafana,
  values: { B: 44.23943737541908, C: 1 },
  valueString: "[ var='B' labels={} value=44.23943737541908 ]",
};
export const withoutTexts = {
  ...alert('firing', { alertname: 'High CPU usage', grafana_folder: 'Machines' }),
  ...ofGrafana,
  annotations: null,
  values: { A: 92.5 },
};
export const withoutData = {
  ...alert('firing', {
    alertname: 'DatasourceNoData',
    rulename: 'Tank 1',
    datasource_uid: 'abc',
    ref_id: 'A',
    severity: 'critical',
  }),
  ...ofGrafana,
  values: null,
};
/** What *Test* of a contact point sends. */
export const grafanaTest = {
  ...alert('firing', { alertname: 'TestAlert', instance: 'Grafana' }, { summary: 'Notification test' }),
  ...ofGrafana,
  values: null,
  valueString: "[ metric='foo' labels={instance=bar} value=10 ]",
};

/** Uptime Kuma's webhook with the preset application/json, 1.23 and 2.0 (`server/notification-providers/webhook.js`). */
export const uptimeKuma = (status: number, name: string, said: string) => ({
  heartbeat: {
    monitorID: 3,
    status,
    time: '2026-11-29 09:51:03.157',
    msg: said,
    important: true,
    duration: 60,
    timezone: 'Europe/Vienna',
    timezoneOffset: '+01:00',
    localDateTime: '2026-11-29 10:51:03',
  },
  monitor: { id: 3, name, type: 'http', url: 'https://shop.example.org', interval: 60, maxretries: 1 },
  msg: `[${name}] [${status === 1 ? '✅ Up' : '🔴 Down'}] ${said}`,
});
/** What *Test* of a notification sends. */
export const uptimeKumaTest = { heartbeat: null, monitor: null, msg: 'SMS Testing' };
/** A certificate that ends has no heartbeat, either. */
export const certificate = {
  heartbeat: null,
  monitor: null,
  msg: '🔴 [Shop][https://shop.example.org] server certificate shop.example.org will expire in 7 days',
};
