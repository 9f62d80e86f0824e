// The official TypeScript client against a connector: lists all that is offered, calls a tool, and
// prints what came. Arguments: address, token, tool, its arguments as JSON.
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";

const [address, token, tool, given] = process.argv.slice(2);
const client = new Client({ name: "a-test", version: "1" });
const transport = new StreamableHTTPClientTransport(new URL(address), {
  requestInit: { headers: { Authorization: `Bearer ${token}` } },
});
await client.connect(transport);
const { tools } = await client.listTools();
const templates = client.getServerCapabilities()?.resources
  ? (await client.listResourceTemplates()).resourceTemplates
  : [];
const called = await client.callTool({ name: tool, arguments: JSON.parse(given) });
console.log(
  JSON.stringify({
    server: client.getServerVersion()?.name,
    tools: tools.map((each) => each.name),
    templates: templates.map((each) => each.uriTemplate),
    isError: called.isError ?? false,
    structured: called.structuredContent,
    text: called.content?.[0]?.text,
  }),
);
await client.close();
