import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** XML with resolved namespaces and elements in their order, which the SOAP rules need (SAP dossier §9.2). */
export interface XmlElement {
  /** Local name. */
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

type Node = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** The root element; undefined when the text is no well-formed XML. */
export function parseXml(text: string): XmlElement | undefined {
  if (XMLValidator.validate(text) !== true) return undefined;
  const nodes: unknown = parser.parse(text);
  const root = isList(nodes) ? nodes.find((node) => elementName(node) !== undefined) : undefined;
  return root && element(root, {});
}

function element(node: Node, inherited: Readonly<Record<string, string>>): XmlElement {
  const qualified = elementName(node) ?? '';
  const attributes = attributesOf(node);
  const scope = { ...inherited, ...declarations(attributes) };
  const [prefix, name] = qualified.includes(':') ? qualified.split(':') : ['', qualified];
  const content = node[qualified];
  const nodes = isList(content) ? content : [];
  return {
    name: name ?? '',
    namespace: scope[prefix ?? ''] ?? '',
    attributes,
    children: nodes.filter((each) => elementName(each) !== undefined).map((each) => element(each, scope)),
    text: nodes.map((each) => (typeof each['#text'] === 'string' ? each['#text'] : '')).join(''),
  };
}

function isList(value: unknown): value is Node[] {
  return Array.isArray(value);
}

function elementName(node: Node): string | undefined {
  return Object.keys(node).find((key) => key !== ':@' && key !== '#text');
}

function attributesOf(node: Node): Record<string, string> {
  const raw = node[':@'];
  if (typeof raw !== 'object' || raw === null) return {};
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, String(value)]));
}

function declarations(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(attributes).filter(
    ([name]) => name === 'xmlns' || name.startsWith('xmlns:'),
  );
  return Object.fromEntries(entries.map(([name, value]) => [name.slice('xmlns:'.length), value]));
}

export function child(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((each) => each.name === name);
}

export function children(parent: XmlElement | undefined, name: string): XmlElement[] {
  return parent?.children.filter((each) => each.name === name) ?? [];
}

/** Trimmed text of a child, `` when absent. */
export function childText(parent: XmlElement | undefined, name: string): string {
  return child(parent, name)?.text.trim() ?? '';
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
