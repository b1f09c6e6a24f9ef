import type { EntityType, Kind, Navigation, Property } from './entity-type.ts';
import type { Types } from './resource-path.ts';
import type { FunctionImport, ODataService, ReadingFunction } from './service-definition.ts';

/** `$metadata` of a service, as EDMX: what a client may read to learn this tenant's release (dossier §0.2). */
const edmTypesV2: Record<Kind, string> = {
  text: 'Edm.String',
  decimal: 'Edm.Decimal',
  date: 'Edm.DateTime',
  moment: 'Edm.DateTimeOffset',
  time: 'Edm.Time',
  boolean: 'Edm.Boolean',
  guid: 'Edm.Guid',
};
const notFilterable = ' sap:sortable="false" sap:filterable="false"';
const edmTypesV4: Record<Kind, string> = { ...edmTypesV2, date: 'Edm.Date', time: 'Edm.TimeOfDay' };

export function metadataDocument(service: ODataService, types: Types): string {
  return service.version === 'V2' ? edmxV2(service, types) : edmxV4(service, types);
}

function edmxV2(service: ODataService, types: Types): string {
  const all = [...types.values()];
  const links = all.flatMap((type) =>
    Object.entries(type.navigations).map(([name, navigation]) => ({ type, name, navigation })),
  );
  const associations = links.map(({ type, name, navigation }) =>
    association(service, type, name, navigation),
  );
  const associationSets = links.map(({ type, name, navigation }) =>
    associationSet(service, type, name, navigation),
  );
  const sets = all.map(
    ({ set }) =>
      `<EntitySet Name="${set}" EntityType="${service.namespace}.${set}Type" sap:content-version="1"/>`,
  );
  const functions = Object.entries(service.functions).map((each) => functionImport(service, each));
  return `<?xml version="1.0" encoding="utf-8"?><edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx" xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" xmlns:sap="http://www.sap.com/Protocols/SAPData"><edmx:DataServices m:DataServiceVersion="2.0"><Schema Namespace="${service.namespace}" xmlns="http://schemas.microsoft.com/ado/2008/09/edm">${all.map((type) => entityTypeV2(service, type)).join('')}${associations.join('')}<EntityContainer Name="${service.namespace}_Entities" m:IsDefaultEntityContainer="true">${sets.join('')}${associationSets.join('')}${functions.join('')}</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>`;
}

function entityTypeV2(service: ODataService, type: EntityType): string {
  const navigations = Object.keys(type.navigations).map(
    (name) =>
      `<NavigationProperty Name="${name}" Relationship="${service.namespace}.${type.set}_${name}" FromRole="From" ToRole="To"/>`,
  );
  const properties = [...type.properties.values()].map((each) => propertyElement(each, type, edmTypesV2));
  const stream = service.media?.[type.set] === undefined ? '' : ' m:HasStream="true"';
  return `<EntityType Name="${type.set}Type"${stream}>${keyElement(type)}${properties.join('')}${navigations.join('')}</EntityType>`;
}

function association(service: ODataService, type: EntityType, name: string, navigation: Navigation): string {
  const many = navigation.many ? '*' : '0..1';
  return `<Association Name="${type.set}_${name}"><End Type="${service.namespace}.${type.set}Type" Multiplicity="1" Role="From"/><End Type="${service.namespace}.${navigation.target}Type" Multiplicity="${many}" Role="To"/></Association>`;
}

function associationSet(
  service: ODataService,
  type: EntityType,
  name: string,
  navigation: Navigation,
): string {
  return `<AssociationSet Name="${type.set}_${name}Set" Association="${service.namespace}.${type.set}_${name}"><End EntitySet="${type.set}" Role="From"/><End EntitySet="${navigation.target}" Role="To"/></AssociationSet>`;
}

function functionImport(
  { namespace }: ODataService,
  [name, definition]: readonly [string, FunctionImport | ReadingFunction],
): string {
  const { parameters } = definition;
  const answers =
    'rows' in definition
      ? `ReturnType="Collection(${namespace}.${definition.set}Type)" EntitySet="${definition.set}" m:HttpMethod="GET"`
      : 'm:HttpMethod="POST"';
  const elements = Object.values(parameters).map(
    (each) => `<Parameter Name="${each.name}" Type="${edmTypesV2[each.kind]}" Mode="In"${facets(each)}/>`,
  );
  return `<FunctionImport Name="${name}" ${answers}>${elements.join('')}</FunctionImport>`;
}

function edmxV4(service: ODataService, types: Types): string {
  const all = [...types.values()];
  const sets = all.map(
    ({ set }) => `<EntitySet Name="${set}" EntityType="${service.namespace}.${set}Type"/>`,
  );
  const entityTypes = all.map((type) => {
    const properties = [...type.properties.values()].map((each) => propertyElement(each, type, edmTypesV4));
    const navigations = Object.entries(type.navigations).map(([name, { target, many }]) => {
      const targetType = `${service.namespace}.${target}Type`;
      return `<NavigationProperty Name="${name}" Type="${many ? `Collection(${targetType})` : targetType}"/>`;
    });
    return `<EntityType Name="${type.set}Type">${keyElement(type)}${properties.join('')}${navigations.join('')}</EntityType>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?><edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices><Schema Namespace="${service.namespace}" xmlns="http://docs.oasis-open.org/odata/ns/edm">${entityTypes.join('')}<EntityContainer Name="Container">${sets.join('')}</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>`;
}

function keyElement(type: EntityType): string {
  return `<Key>${type.key.map((name) => `<PropertyRef Name="${name}"/>`).join('')}</Key>`;
}

function propertyElement(property: Property, type: EntityType, edmTypes: Record<Kind, string>): string {
  const nullable = type.key.includes(property.name) ? ' Nullable="false"' : '';
  const limits = edmTypes === edmTypesV4 || property.isFilterable ? '' : notFilterable;
  return `<Property Name="${property.name}" Type="${edmTypes[property.kind]}"${nullable}${facets(property)}${limits}/>`;
}

function facets({ maxLength, precision, scale }: Property): string {
  if (precision !== undefined) return ` Precision="${precision}" Scale="${scale}"`;
  return maxLength === undefined ? '' : ` MaxLength="${maxLength}"`;
}
