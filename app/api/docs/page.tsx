import { ApiDocsScreen } from "@/components/api-docs/api-docs-screen";

export default function ApiDocsPage() {
  return <ApiDocsScreen />;
}
