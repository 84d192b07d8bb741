/** The event in a new workspace's first call. */
export const FIRST_EVENT = { type: "order.created", data: '{"order":"981","total":4200}' };

/** Stands in a snippet where the key belongs. */
export const KEY_PLACEHOLDER = "ph_your_key";

export const POST_LANGUAGES = ["curl", "node", "python", "go"] as const;
export type PostLanguage = (typeof POST_LANGUAGES)[number];

export type PostSnippet = { language: PostLanguage; label: string; code: string };

type Call = { url: string; type: string /** JSON text. */; data: string };

/** How an app posts an event: against this installation, with an event type of this workspace. */
export function postSnippets(call: Call): PostSnippet[] {
  return [
    { language: "curl", label: "curl", code: curl(call) },
    { language: "node", label: "Node", code: node(call) },
    { language: "python", label: "Python", code: python(call) },
    { language: "go", label: "Go", code: go(call) },
  ];
}

const bodyOf = ({ type, data }: Call) => `{"type":${JSON.stringify(type)},"data":${data}}`;

function curl(call: Call): string {
  return [
    `curl ${call.url} \\`,
    `  -H 'Authorization: Bearer ${KEY_PLACEHOLDER}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    // The one character that ends a single-quoted word.
    `  -d '${bodyOf(call).replaceAll("'", "'\\''")}'`,
  ].join("\n");
}

function node(call: Call): string {
  return `const response = await fetch("${call.url}", {
  method: "POST",
  headers: { authorization: "Bearer ${KEY_PLACEHOLDER}", "content-type": "application/json" },
  body: JSON.stringify({ type: ${JSON.stringify(call.type)}, data: ${call.data} }),
});
console.log(response.status, await response.json());`;
}

function python(call: Call): string {
  return `import json, urllib.request

body = ${JSON.stringify(bodyOf(call))}
request = urllib.request.Request(
    "${call.url}",
    data=body.encode(),
    headers={"Authorization": "Bearer ${KEY_PLACEHOLDER}", "Content-Type": "application/json"},
)
print(json.load(urllib.request.urlopen(request)))`;
}

function go(call: Call): string {
  return `package main

import (
	"fmt"
	"net/http"
	"strings"
)

func main() {
	body := strings.NewReader(${JSON.stringify(bodyOf(call))})
	request, _ := http.NewRequest("POST", "${call.url}", body)
	request.Header.Set("Authorization", "Bearer ${KEY_PLACEHOLDER}")
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	fmt.Println(response.Status)
}`;
}
