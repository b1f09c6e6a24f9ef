/** The keys of the ledger's table, shared by the stack, the embedded table and the queries; all are strings. */
export const tableKeys = { partitionKey: 'pk', sortKey: 'sk' } as const;

/** The two sparse indexes: an item is in one only while it has both of its attributes. All attributes are projected. */
export const tableIndexes = [
  { name: 'worklist', partitionKey: 'worklist', sortKey: 'sort' },
  { name: 'kind', partitionKey: 'kind', sortKey: 'sort' },
] as const;
