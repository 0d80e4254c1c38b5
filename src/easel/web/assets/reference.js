// The API reference: Swagger UI, showing this server's /openapi.json.
addEventListener("DOMContentLoaded", () => {
  SwaggerUIBundle({
    url: `${document.documentElement.dataset.root}/openapi.json`,
    dom_id: "#reference",
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    docExpansion: "list",
    persistAuthorization: false,
    validatorUrl: null,
    syntaxHighlight: false,
  });
});
