/**
 * Draws the CloudWatch dashboard of the stack as it is synthesized from the example configuration: the widgets at
 * their places with their titles and metrics, without values. Run it with `node docs/pictures/draw-dashboard.ts`.
 */
import { writeFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { readConfigFile } from '../../lib/config/read-config-file.ts';
import { ConnectorStack } from '../../lib/infra/stack.ts';
import { App } from 'aws-cdk-lib';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly title?: string; readonly markdown?: string; readonly metrics?: readonly unknown[][] };
}

const cell = { width: 50, height: 34 };
const colours = ['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd', '#8c564b'];

const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
const config = readConfigFile('docs/connector.config.example.json');
const stack = new ConnectorStack(app, { config, configFile: 'docs/connector.config.example.json' });
const dashboards = Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard');
const bodies = Object.values(dashboards).map((each) => widgetsOf(each.Properties.DashboardBody));
const widgets = bodies.reduce((left, right) => (left.length >= right.length ? left : right));
writeFileSync('docs/pictures/dashboard.svg', svg(widgets.filter((each) => each.y < 20)));

/** The body is text with references to resources in it; a reference is drawn as its name. */
function widgetsOf(body: string | { 'Fn::Join': [string, unknown[]] }): Widget[] {
  const text = typeof body === 'string' ? body : body['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'name')).join('');
  return (JSON.parse(text) as { widgets: Widget[] }).widgets;
}

function svg(all: readonly Widget[]): string {
  const height = Math.max(...all.map((each) => (each.y + each.height) * cell.height));
  const boxes = all.map(drawn).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${24 * cell.width} ${height}" font-family="system-ui, sans-serif">
<rect width="100%" height="100%" fill="#f4f6f8"/>
${boxes}
</svg>
`;
}

function drawn({ type, x, y, width, height, properties }: Widget): string {
  const place = `transform="translate(${x * cell.width + 4} ${y * cell.height + 4})"`;
  const [wide, high] = [width * cell.width - 8, height * cell.height - 8];
  if (type === 'text') {
    const words = (properties.markdown ?? '').replace(/\(http[^)]*\)/g, '').replace(/[#*[\]]/g, '').trim();
    return `<g ${place}><text x="4" y="${high - 8}" font-size="20" font-weight="600" fill="#16212e">${escaped(words)}</text></g>`;
  }
  const labels = (properties.metrics ?? []).map(labelOf);
  const legend = labels.map((label, index) => entry(label, index, wide, high, labels.length)).join('');
  return `<g ${place}><rect width="${wide}" height="${high}" rx="6" fill="#fff" stroke="#d5dbe1"/>
<text x="12" y="24" font-size="15" font-weight="600" fill="#16212e">${escaped(properties.title ?? '')}</text>${axes(wide, high)}${legend}</g>`;
}

function axes(wide: number, high: number): string {
  if (high < 120) return '';
  const lines = [0.25, 0.5, 0.75].map((part) => {
    const y = 40 + (high - 90) * part;
    return `<line x1="12" x2="${wide - 12}" y1="${y}" y2="${y}" stroke="#e7ebef"/>`;
  });
  return `${lines.join('')}<line x1="12" x2="${wide - 12}" y1="${high - 44}" y2="${high - 44}" stroke="#9aa5b1"/>`;
}

function entry(label: string, index: number, wide: number, high: number, count: number): string {
  const step = (wide - 24) / Math.max(count, 1);
  const x = 12 + index * step;
  const y = high < 120 ? high - 22 : high - 20;
  const room = Math.max(4, Math.floor((step - 18) / 7));
  return `<rect x="${x}" y="${y - 10}" width="10" height="10" fill="${colours[index % colours.length]}"/>
<text x="${x + 15}" y="${y}" font-size="12" fill="#4a5663">${escaped(label.slice(0, room))}</text>`;
}

function labelOf(metric: readonly unknown[]): string {
  const options = metric.find((part): part is { label?: string } => typeof part === 'object' && part !== null);
  return options?.label ?? String(metric[1]);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
