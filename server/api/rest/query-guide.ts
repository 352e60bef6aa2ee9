/** How a query is written, for the description of the API: a condition of every kind, and how they are joined. */
export const queryGuide = String.raw`
## Queries

A search, a subset, a job and an export take \`query\`: a tree of conditions. \`{}\`, or none, is every record. An object holds one condition, or joins others: \`{"and": […]}\`, \`{"or": […]}\`, \`{"not": {…}}\`, at most 20 deep and 200 in all.

- \`{"keyword": "late flight"}\`: the text has this, in any case unless \`"caseSensitive": true\`
- \`{"regex": "late|delay(ed)?", "flags": "cm"}\`: RE2's syntax; \`c\` minds the case, \`m\` begins and ends at lines, \`s\` lets the point be a line end
- \`{"fullText": "late -luggage"}\`: words of the text, as in a web search
- \`{"label": {"name": "sentiment", "op": "==", "value": "negative"}}\`: somebody's label; \`op\` is \`==\`, \`!=\`, \`exists\`, \`missing\`, \`conflicts\` or \`doubted\`, \`annotators\` narrows whose, \`start\` and \`end\` which span
- \`{"labelMetadata": {"label": "sentiment", "name": "conf", "op": "<", "value": 0.9}}\`: what a job wrote beside a label
- \`{"verification": {"label": "sentiment", "mode": "UNVERIFIED"}}\`: whether somebody judged a job's label; \`mode\` is \`ALL\`, \`VERIFIED\` or \`UNVERIFIED\`, \`status\` one of \`CONFIRMS\`, \`CORRECTS\`, \`UNSURE\`
- \`{"metadata": {"name": "retweets", "op": ">=", "value": 3}}\`: \`op\` is \`==\`, \`!=\`, \`<\`, \`<=\`, \`>\`, \`>=\` or \`exists\`; a value of another type matches nothing
- \`{"annotator": ["3f0c1b7e-5d2a-4c3e-9b1f-0a2b3c4d5e6f"]}\`: labelled by one of these people or jobs
- \`{"assignedTo": "3f0c1b7e-5d2a-4c3e-9b1f-0a2b3c4d5e6f"}\`: assigned to this person
- \`{"subset": "3f0c1b7e-5d2a-4c3e-9b1f-0a2b3c4d5e6f"}\`: in this subset
- \`{"flagged": true}\`: somebody's flag on it is open
- \`{"ids": ["3f0c1b7e-5d2a-4c3e-9b1f-0a2b3c4d5e6f"]}\`, \`{"externalIds": ["t0033", "t0034"]}\`: these records, by Tandem's ids or those of the file
- \`{"similarTo": {"recordId": "3f0c1b7e-5d2a-4c3e-9b1f-0a2b3c4d5e6f", "limit": 20}}\`: the nearest to one; \`metadata\` names stored vectors
- \`{"createdAt": {"op": ">=", "value": "2024-01-31T00:00:00Z"}}\`: imported since

Conditions on a label that stand in one \`and\` and name the same annotators must hold for one and the same label:

~~~json
{
  "query": {
    "and": [
      {"keyword": "flight"},
      {"label": {"name": "sentiment", "op": "==", "value": "negative"}},
      {"labelMetadata": {"label": "sentiment", "name": "conf", "op": "<", "value": 0.9}}
    ]
  },
  "sort": [{"by": "conf", "label": "sentiment"}],
  "limit": 50
}
~~~

A wrong tree is \`invalid_query\` (422), with the path of each wrong place. A name that the project does not have is no error: it matches nothing, or with \`missing\` everything.
`.replaceAll("\\`", "`");
