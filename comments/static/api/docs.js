/* Shows the OpenAPI document; what an editor tries here goes with the token of his session. */

const operations = document.getElementById("operations");

const token = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";

SwaggerUIBundle({
  domNode: operations,
  url: operations.dataset.schema,
  deepLinking: true,
  validatorUrl: null,
  requestInterceptor: (request) => {
    if (request.method && request.method !== "GET" && token()) {
      request.headers["X-CSRFToken"] ??= token();
    }
    return request;
  },
});
