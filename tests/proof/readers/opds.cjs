// Reads feeds with r2-opds-js, as the reader Thorium does, and prints what it understood as JSON, one line a feed.
// usage: node opds.cjs NODE_MODULES FEED...
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");

const [modules, ...feeds] = process.argv.slice(2);
const load = createRequire(`${modules}/`);
const base = "dist/es8-es2017/src";
load(`r2-opds-js/${base}/opds/init-globals`).initGlobalConverters_OPDS();
load(`r2-shared-js/${base}/init-globals`).initGlobalConverters_GENERIC();
const { OPDSFeed } = load(`r2-opds-js/${base}/opds/opds2/opds2`);
const { OPDS } = load(`r2-opds-js/${base}/opds/opds1/opds`);
const { convertOpds1ToOpds2 } = load(`r2-opds-js/${base}/opds/converter`);
const { XML } = load(`r2-utils-js/${base}/_utils/xml-js-mapper`);
const { TaJsonDeserialize, TaJsonSerialize } = load(`r2-lcp-js/${base}/serializable`);
const { DOMParser } = load("@xmldom/xmldom");

const atom = (text) => XML.deserialize(new DOMParser().parseFromString(text, "application/xml"), OPDS);
for (const path of feeds) {
  const text = readFileSync(path, "utf8");
  const read = path.endsWith(".json")
    ? TaJsonDeserialize(JSON.parse(text), OPDSFeed)
    : convertOpds1ToOpds2(atom(text));
  console.log(JSON.stringify(TaJsonSerialize(read)));
}
